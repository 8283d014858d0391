#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"

namespace convoscope::models::inspect {

/// A place on the pad, in steps of which `kPadSteps` make a side: so that a link holds a drawing
/// exactly.
struct PadPoint {
    std::uint8_t x = 0;
    std::uint8_t y = 0;

    bool operator==(const PadPoint&) const = default;
};
inline constexpr int kPadSteps = 255;
/// Cells of the drawing along a side, four for each pixel of an MNIST digit.
inline constexpr Index kPadCells = 112;

enum class Brush { fine, medium, broad };
[[nodiscard]] const char* name_of(Brush brush);
bool read_name(std::string_view name, Brush& brush);

struct Stroke {
    bool erases = false;
    Brush brush = Brush::medium;
    std::vector<PadPoint> points;

    bool operator==(const Stroke&) const = default;
};

/// A drawing in white on black: strokes, and what they look like.
class Pad {
  public:
    [[nodiscard]] const std::vector<Stroke>& strokes() const { return strokes_; }
    [[nodiscard]] bool empty() const { return strokes_.empty(); }
    /// Changes with the drawing.
    [[nodiscard]] std::uint32_t revision() const { return revision_; }
    /// `[kPadCells][kPadCells]`, 0 black to 1 white.
    [[nodiscard]] const std::vector<float>& picture() const { return picture_; }

    /// Begins a stroke, or takes the last one on. Strokes beyond the bounds of a link are not
    /// taken.
    void begin(bool erases, Brush brush, PadPoint at);
    void extend(PadPoint to);
    void clear();

    /// `+m0a0b0c10…`: for each stroke whether it draws or erases, its brush, then its points.
    [[nodiscard]] std::string text() const;
    /// False, and no change, when it is not such a text.
    bool read(std::string_view text);

  private:
    void draw(const Stroke& stroke, std::size_t from);
    void replace_by(Pad other);

    std::vector<Stroke> strokes_;
    std::vector<float> picture_ = std::vector<float>(at(kPadCells * kPadCells));
    std::size_t points_ = 0;
    std::uint32_t revision_ = 0;
};

/// A drawing as MNIST's digits were made: the ink scaled into a box of 20 × 20 pixels with its
/// proportions, and the box placed so that its centre of mass is the middle of 28 × 28. Black when
/// there is no ink. Source: LeCun, Cortes, Burges, "The MNIST database", on its making.
[[nodiscard]] std::vector<float> as_digit(const std::vector<float>& picture);

}  // namespace convoscope::models::inspect
