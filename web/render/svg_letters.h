#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "web/render/svg_picture.h"

struct ImDrawVert;
struct ImFontGlyph;

namespace convoscope::render {

/// Finds which letter a quad of the fonts' texture is, and writes letters that follow each other on
/// one line as one text.
class SvgLetters {
  public:
    explicit SvgLetters(std::span<const SvgFace> faces);

    struct Letter {
        const SvgFace* face;
        unsigned sign;  ///< Unicode
        float x;        ///< of its origin on the baseline
        float baseline;
        float advance;  ///< to the next one
        float size;
        unsigned color;  ///< Dear ImGui's
    };
    /// `upper_left` and `lower_right`: of its quad.
    [[nodiscard]] std::optional<Letter> find(const ImDrawVert& upper_left,
                                             const ImDrawVert& lower_right) const;
    /// After those before it, with a space where there is a gap, or as the beginning of a new text.
    void add(const Letter& letter, std::string& svg);
    /// Writes the text that has been begun, if there is one.
    void end(std::string& svg);

  private:
    struct Known {
        float u, v;  ///< of its upper left corner in the texture
        const ImFontGlyph* glyph;
        const SvgFace* face;
    };
    std::vector<Known> known_;  ///< sorted by v, then u
    std::vector<Letter> line_;
};

}  // namespace convoscope::render
