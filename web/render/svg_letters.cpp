#include "web/render/svg_letters.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <imgui.h>

#include "web/render/svg_numbers.h"

namespace convoscope::render {
namespace {

constexpr float kLeastSpace = 0.15F;  ///< in sizes

/// Letters of one text stand on one line, in one face and colour, not far from each other.
bool follows(const SvgLetters::Letter& letter, const SvgLetters::Letter& last) {
    constexpr float kFarthest = 3;  // in sizes
    return letter.face == last.face && letter.color == last.color &&
           std::abs(letter.size - last.size) < 0.01F &&
           std::abs(letter.baseline - last.baseline) < 0.01F && letter.x > last.x &&
           letter.x < last.x + kFarthest * letter.size;
}

void append_sign(std::string& svg, unsigned sign) {
    switch (sign) {
        case '<':
            svg += "&lt;";
            return;
        case '&':
            svg += "&amp;";
            return;
        default:
            svg += "&#" + std::to_string(sign) + ';';
    }
}

}  // namespace

SvgLetters::SvgLetters(std::span<const SvgFace> faces) {
    for (const SvgFace& face : faces) {
        for (const ImFontGlyph& glyph : face.font->Glyphs) {
            if (glyph.Visible != 0) {
                known_.push_back({glyph.U0, glyph.V0, &glyph, &face});
            }
        }
    }
    std::ranges::sort(known_, {}, [](const Known& known) { return std::tuple(known.v, known.u); });
}

std::optional<SvgLetters::Letter> SvgLetters::find(const ImDrawVert& upper_left,
                                                   const ImDrawVert& lower_right) const {
    const auto at = std::tuple(upper_left.uv.y, upper_left.uv.x);
    const auto found = std::ranges::lower_bound(
        known_, at, {}, [](const Known& known) { return std::tuple(known.v, known.u); });
    if (found == known_.end() || std::tuple(found->v, found->u) != at) {
        return std::nullopt;
    }
    const ImFontGlyph& glyph = *found->glyph;
    const ImFont& font = *found->face->font;
    const float scale = (lower_right.pos.y - upper_left.pos.y) / (glyph.Y1 - glyph.Y0);
    return Letter{.face = found->face,
                  .sign = glyph.Codepoint,
                  .x = upper_left.pos.x - glyph.X0 * scale,
                  .baseline = upper_left.pos.y + (font.Ascent - glyph.Y0) * scale,
                  .advance = glyph.AdvanceX * scale,
                  .size = font.FontSize * scale,
                  .color = upper_left.col};
}

void SvgLetters::add(const Letter& letter, std::string& svg) {
    if (!line_.empty() && !follows(letter, line_.back())) {
        end(svg);
    }
    if (!line_.empty()) {
        Letter space = line_.back();
        space.sign = ' ';
        space.x += space.advance;
        if (letter.x - space.x > kLeastSpace * letter.size) {
            line_.push_back(space);
        }
    }
    line_.push_back(letter);
}

void SvgLetters::end(std::string& svg) {
    if (line_.empty()) {
        return;
    }
    const Letter& first = line_.front();
    svg += "<text y=\"";
    append_length(svg, first.baseline);
    svg += "\" font-family=\"";
    svg += first.face->family;
    svg += "\" font-weight=\"" + std::to_string(first.face->weight) + '"';
    svg += first.face->italic ? " font-style=\"italic\"" : "";
    svg += " font-size=\"";
    append_length(svg, first.size);
    svg += '"';
    append_fill(svg, first.color);
    svg += " x=\"";
    for (const Letter& letter : line_) {
        append_length(svg, letter.x);
        svg += ' ';
    }
    svg.back() = '"';
    svg += '>';
    for (const Letter& letter : line_) {
        if (letter.sign >= ' ' && letter.sign < 0x7F && letter.sign != '<' && letter.sign != '&') {
            svg += static_cast<char>(letter.sign);
        } else {
            append_sign(svg, letter.sign);
        }
    }
    svg += "</text>\n";
    line_.clear();
}

}  // namespace convoscope::render
