#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "web/widgets/fonts.h"
#include "web/widgets/geometry.h"
#include "web/widgets/icons.h"
#include "web/widgets/text_run.h"
#include "web/widgets/tokens.h"

struct ImDrawList;

namespace convoscope::widgets {

/// The quantity that a glyph's shape names: square, diamond, ring, triangle, hatch.
enum class Quantity { kNone, kInput, kKernel, kOutput, kGradient, kPadding };
[[nodiscard]] Color ink_of(const Theme& theme, Quantity quantity);
[[nodiscard]] Color fill_of(const Theme& theme, Quantity quantity);

/// A part of a texture: the renderer's handle and corners in 0 to 1.
struct ImageRef {
    std::uintptr_t texture = 0;
    float u0 = 0;
    float v0 = 0;
    float u1 = 1;
    float v1 = 1;
};

/// A pen on one of Dear ImGui's draw lists. Outlines lie inside their rectangle; the y of a text
/// is the middle of its capitals; everything is aligned to whole pixels where it must be crisp.
class Canvas {
  public:
    Canvas(ImDrawList* list, const Theme& theme, const Fonts& fonts)
        : list_(list), theme_(&theme), fonts_(&fonts) {}

    void fill(Rect rect, Color color, float radius = 0);
    void outline(Rect rect, Color color, float radius = 0, float width = stroke::kHair);
    void dashed_outline(Rect rect, Color color, float on = 4, float off = 4);
    void box(Rect rect, Color fill, Color line, float radius);
    void horizontal(float x0, float x1, float y, Color color);
    void vertical(float x, float y0, float y1, Color color);
    void line(Point from, Point to, Color color, float width = stroke::kHair);
    void dashed_line(Point from, Point to, Color color, float on, float off);
    void polyline(std::span<const Point> points, Color color, float width);
    void polygon(std::span<const Point> convex, Color color);
    void bezier(Point p0, Point c0, Point c1, Point p1, Color color, float width);
    void disc(Point center, float radius, Color color);
    void ring(Point center, float radius, Color color, float width);
    /// A strip of quads between two curves of equal length, a colour along each.
    void band(std::span<const Point> upper,
              std::span<const Point> lower,
              Color upper_color,
              Color lower_color);
    /// Four corners in a circle, a colour each.
    void gradient_quad(const std::array<Point, 4>& corners, const std::array<Color, 4>& colors);
    /// From one colour to another.
    void gradient_line(Point from, Point to, Color from_color, Color to_color, float width);
    /// Lines at 45°, in page space, so that neighbours join.
    void hatch(Rect rect, Color color, float step = 6);
    void glow(Rect rect, Color color, float radius);
    /// The shadow that lifts popovers.
    void soft_edge(Rect rect, float radius);
    /// Ground, border and soft edge of a tip, menu or toast.
    void popover(Rect rect);
    /// The ring around a focused thing: 2 px, 3 px outside.
    void focus_ring(Rect rect, float radius);
    void dots(Rect stage);
    void image(const ImageRef& image, Rect rect, float radius = 0);

    /// Draws one line and returns its advance.
    float text(
        Point at, std::string_view text, FontStyle style, Color color, Align align = Align::kLeft);
    float text(Point at, const Runs& runs, Align align = Align::kLeft);
    /// The text broken at spaces, so that each line fits into `limit`.
    [[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text,
                                                         FontStyle style,
                                                         float limit) const;
    /// Draws these lines; returns the number of lines. `at` is the middle of the first line.
    int paragraph(Point at,
                  float width,
                  std::string_view text,
                  FontStyle style,
                  Color color,
                  float line_height);
    /// As text, cut with an ellipsis to fit `width`.
    float clipped_text(Point at, float width, std::string_view text, FontStyle style, Color color);
    [[nodiscard]] float width(std::string_view text, FontStyle style) const;
    [[nodiscard]] float width(const Runs& runs) const;

    void icon(Icon icon, Point center, float size, Color color, float width = stroke::kIcon);
    void glyph(Quantity quantity, Point center, float size, Color color);
    /// The mark: input and output, their shared quarter amber.
    void logo(Point at, float size);
    /// A key of the keyboard as a cap 20 high; returns its width.
    float key_cap(Point at, std::string_view key);

    void push_clip(Rect rect);
    void pop_clip();
    [[nodiscard]] ImDrawList* list() const { return list_; }
    [[nodiscard]] const Theme& theme() const { return *theme_; }

  private:
    ImDrawList* list_;
    const Theme* theme_;
    const Fonts* fonts_;
};

}  // namespace convoscope::widgets
