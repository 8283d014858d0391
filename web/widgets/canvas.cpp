#include "web/widgets/canvas.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <imgui.h>

namespace convoscope::widgets {
namespace {

ImVec2 vec(Point p) {
    return {p.x, p.y};
}

/// To whole device pixels.
float snapped(float v) {
    const float ratio = std::max(1.0F, ImGui::GetIO().DisplayFramebufferScale.x);
    return std::round(v * ratio) / ratio;
}

Rect snapped(Rect r) {
    const float x = snapped(r.x);
    const float y = snapped(r.y);
    return {x, y, snapped(r.right()) - x, snapped(r.bottom()) - y};
}

}  // namespace

Color ink_of(const Theme& theme, Quantity quantity) {
    switch (quantity) {
        case Quantity::kNone:
            return theme.t1;
        case Quantity::kInput:
            return theme.input;
        case Quantity::kKernel:
            return theme.kernel;
        case Quantity::kOutput:
            return theme.output;
        case Quantity::kGradient:
            return theme.grad;
        case Quantity::kPadding:
            return theme.pad;
    }
    return theme.t1;
}

Color fill_of(const Theme& theme, Quantity quantity) {
    switch (quantity) {
        case Quantity::kNone:
            return theme.t1;
        case Quantity::kInput:
            return theme.input_fill;
        case Quantity::kKernel:
            return theme.kernel_fill;
        case Quantity::kOutput:
            return theme.output_fill;
        case Quantity::kGradient:
            return theme.grad_fill;
        case Quantity::kPadding:
            return theme.pad;
    }
    return theme.t1;
}

void Canvas::fill(Rect rect, Color color, float radius) {
    if (rect.empty()) {
        return;
    }
    const Rect r = snapped(rect);
    list_->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, color.packed(), radius);
}

void Canvas::outline(Rect rect, Color color, float radius, float width) {
    const Rect r = snapped(rect);
    const float half = width / 2;
    list_->PathRect({r.x + half, r.y + half},
                    {r.right() - half, r.bottom() - half},
                    std::max(0.0F, radius - half));
    list_->PathStroke(color.packed(), ImDrawFlags_Closed, width);
}

void Canvas::dashed_outline(Rect rect, Color color, float on, float off) {
    const Rect r = snapped(rect).inset(0.5F);
    dashed_line({r.x, r.y}, {r.right(), r.y}, color, on, off);
    dashed_line({r.right(), r.y}, {r.right(), r.bottom()}, color, on, off);
    dashed_line({r.x, r.bottom()}, {r.right(), r.bottom()}, color, on, off);
    dashed_line({r.x, r.y}, {r.x, r.bottom()}, color, on, off);
}

void Canvas::box(Rect rect, Color ground, Color edge, float radius) {
    fill(rect, ground, radius);
    outline(rect, edge, radius);
}

void Canvas::horizontal(float x0, float x1, float y, Color color) {
    fill({x0, y, x1 - x0, stroke::kHair}, color);
}

void Canvas::vertical(float x, float y0, float y1, Color color) {
    fill({x, y0, stroke::kHair, y1 - y0}, color);
}

void Canvas::line(Point from, Point to, Color color, float width) {
    // AddLine moves its ends by half a pixel, which our places already contain.
    const std::array<ImVec2, 2> ends = {vec(from), vec(to)};
    list_->AddPolyline(ends.data(), 2, color.packed(), ImDrawFlags_None, width);
}

void Canvas::dashed_line(Point from, Point to, Color color, float on, float off) {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const auto along = [&](float distance) {
        const float t = length > 0 ? std::min(1.0F, distance / length) : 0;
        return Point{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t};
    };
    for (float start = 0; start < length; start += on + off) {
        line(along(start), along(start + on), color);
    }
}

void Canvas::polyline(std::span<const Point> points, Color color, float width) {
    for (const Point p : points) {
        list_->PathLineTo(vec(p));
    }
    list_->PathStroke(color.packed(), ImDrawFlags_None, width);
}

void Canvas::polygon(std::span<const Point> convex, Color color) {
    for (const Point p : convex) {
        list_->PathLineTo(vec(p));
    }
    list_->PathFillConvex(color.packed());
}

void Canvas::bezier(Point p0, Point c0, Point c1, Point p1, Color color, float width) {
    list_->AddBezierCubic(vec(p0), vec(c0), vec(c1), vec(p1), color.packed(), width, 24);
}

void Canvas::disc(Point center, float radius, Color color) {
    list_->AddCircleFilled(vec(center), radius, color.packed());
}

void Canvas::ring(Point center, float radius, Color color, float width) {
    list_->AddCircle(vec(center), radius, color.packed(), 0, width);
}

void Canvas::band(std::span<const Point> upper,
                  std::span<const Point> lower,
                  Color upper_color,
                  Color lower_color) {
    const std::size_t count = std::min(upper.size(), lower.size());
    if (count < 2) {
        return;
    }
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    list_->PrimReserve(static_cast<int>((count - 1) * 6), static_cast<int>(count * 2));
    const ImDrawIdx first = list_->_VtxCurrentIdx;
    for (std::size_t i = 0; i < count; ++i) {
        list_->PrimWriteVtx(vec(upper[i]), white, upper_color.packed());
        list_->PrimWriteVtx(vec(lower[i]), white, lower_color.packed());
    }
    for (std::size_t i = 0; i + 1 < count; ++i) {
        const ImDrawIdx corner = first + static_cast<ImDrawIdx>(2 * i);
        for (const ImDrawIdx step : {0U, 1U, 3U, 0U, 3U, 2U}) {
            list_->PrimWriteIdx(corner + step);
        }
    }
}

void Canvas::gradient_quad(const std::array<Point, 4>& corners,
                           const std::array<Color, 4>& colors) {
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    list_->PrimReserve(6, 4);
    const ImDrawIdx first = list_->_VtxCurrentIdx;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        list_->PrimWriteVtx(vec(corners[i]), white, colors[i].packed());
    }
    for (const ImDrawIdx step : {0U, 1U, 2U, 0U, 2U, 3U}) {
        list_->PrimWriteIdx(first + step);
    }
}

void Canvas::gradient_line(Point from, Point to, Color from_color, Color to_color, float width) {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    if (length <= 0) {
        return;
    }
    // Half the width to each side, and a soft pixel beyond, as lines of one colour have it.
    const Point across{-(to.y - from.y) / length, (to.x - from.x) / length};
    const auto moved = [&](Point p, float by) {
        return Point{p.x + across.x * by, p.y + across.y * by};
    };
    const float half = width / 2;
    const auto strip = [&](float near, float far, float near_alpha, float far_alpha) {
        gradient_quad({moved(from, near), moved(to, near), moved(to, far), moved(from, far)},
                      {from_color.faded(near_alpha),
                       to_color.faded(near_alpha),
                       to_color.faded(far_alpha),
                       from_color.faded(far_alpha)});
    };
    strip(-half - 0.5F, 0, 0, 1);
    strip(0, half + 0.5F, 1, 0);
}

void Canvas::hatch(Rect rect, Color color, float step) {
    // Each line ends where it leaves the rectangle: a clip of its own would be one more draw call.
    const float first = std::ceil((rect.x + rect.y) / step) * step;
    for (float k = first; k < rect.right() + rect.bottom(); k += step) {
        const float left = std::max(rect.x, k - rect.bottom());
        const float right = std::min(rect.right(), k - rect.y);
        line({left, k - left}, {right, k - right}, color);
    }
}

void Canvas::glow(Rect rect, Color color, float radius) {
    constexpr float kInnermostAlpha = 0.26F;
    for (int i = 3; i >= 1; --i) {
        const auto ring_index = static_cast<float>(i);
        outline(rect.inset(-2 * ring_index),
                color.faded(kInnermostAlpha / ring_index),
                radius + 2 * ring_index,
                2);
    }
}

void Canvas::soft_edge(Rect rect, float radius) {
    constexpr float kDrop = 3;
    for (int i = 4; i >= 1; --i) {
        const auto spread = static_cast<float>(i);
        fill(rect.inset(-spread).moved(0, kDrop),
             theme_->shade.faded(theme_->soft_edge_alpha),
             radius + spread);
    }
}

void Canvas::popover(Rect rect) {
    soft_edge(rect, radius::kCard);
    box(rect, theme_->popover, theme_->popover_line, radius::kSegment);
}

void Canvas::focus_ring(Rect rect, float radius) {
    constexpr float kDistance = 3;
    outline(rect.inset(-kDistance), theme_->t1, radius + kDistance, stroke::kFocus);
}

void Canvas::dots(Rect stage) {
    constexpr float kPitch = 24;
    constexpr float kDot = 1.4F;
    const auto first = [](float v) { return std::ceil(v / kPitch) * kPitch; };
    for (float y = first(stage.y); y < stage.bottom(); y += kPitch) {
        for (float x = first(stage.x); x < stage.right(); x += kPitch) {
            list_->AddRectFilled({x, y}, {x + kDot, y + kDot}, theme_->dot.packed());
        }
    }
}

void Canvas::image(const ImageRef& image, Rect rect, float radius) {
    const Rect r = snapped(rect);
    // NOLINTNEXTLINE(performance-no-int-to-ptr): Dear ImGui's handle for a texture is a pointer.
    list_->AddImageRounded(reinterpret_cast<ImTextureID>(image.texture),
                           {r.x, r.y},
                           {r.right(), r.bottom()},
                           {image.u0, image.v0},
                           {image.u1, image.v1},
                           kWhite.packed(),
                           radius);
}

void Canvas::glyph(Quantity quantity, Point center, float size, Color color) {
    const auto [x, y] = center;
    const float h = size / 2;
    switch (quantity) {
        case Quantity::kNone:
            return;
        case Quantity::kInput:
            fill({x - h, y - h, size, size}, color, radius::kTick);
            return;
        case Quantity::kKernel:
            polygon(
                std::array<Point, 4>{
                    {{x, y - h - 1}, {x + h + 1, y}, {x, y + h + 1}, {x - h - 1, y}}},
                color);
            return;
        case Quantity::kOutput:
            ring(center, h - 0.5F, color, 2.5F);
            return;
        case Quantity::kGradient:
            polygon(std::array<Point, 3>{{{x - h - 0.5F, y - h + 0.5F},
                                          {x + h + 0.5F, y - h + 0.5F},
                                          {x, y + h + 0.5F}}},
                    color);
            return;
        case Quantity::kPadding: {
            const Rect square{x - h, y - h, size, size};
            outline(square, color, radius::kTick);
            hatch(square, color, 4);
            return;
        }
    }
}

void Canvas::logo(Point at, float size) {
    constexpr float kDrawnSize = 28;
    const float u = size / kDrawnSize;
    outline({at.x, at.y, 18 * u, 18 * u}, theme_->input_fill, 4 * u, 2);
    outline({at.x + 10 * u, at.y + 10 * u, 18 * u, 18 * u}, theme_->output_fill, 4 * u, 2);
    fill({at.x + 10 * u, at.y + 10 * u, 8 * u, 8 * u}, theme_->logo_core, 2 * u);
}

float Canvas::key_cap(Point at, std::string_view key) {
    constexpr float kHeight = 20;
    const float w = std::max(kHeight, width(key, FontStyle::kM11) + 10);
    box({at.x, at.y, w, kHeight}, theme_->bg3, theme_->line2, radius::kTile);
    horizontal(at.x + 2, at.x + w - 2, at.y + kHeight - 2, theme_->line3);
    text({at.x + w / 2, at.y + kHeight / 2}, key, FontStyle::kM11, theme_->t2, Align::kCenter);
    return w;
}

void Canvas::push_clip(Rect rect) {
    list_->PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
}

void Canvas::pop_clip() {
    list_->PopClipRect();
}

}  // namespace convoscope::widgets
