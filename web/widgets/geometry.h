#pragma once

#include <algorithm>

namespace convoscope::widgets {

/// A place on the screen, in CSS pixels from the page's upper left corner.
struct Point {
    float x = 0;
    float y = 0;
};

constexpr Point operator+(Point a, Point b) {
    return {a.x + b.x, a.y + b.y};
}
constexpr Point operator-(Point a, Point b) {
    return {a.x - b.x, a.y - b.y};
}

/// An upright rectangle on the screen, in CSS pixels.
struct Rect {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    [[nodiscard]] constexpr float right() const { return x + w; }
    [[nodiscard]] constexpr float bottom() const { return y + h; }
    [[nodiscard]] constexpr float center_x() const { return x + w / 2; }
    [[nodiscard]] constexpr float center_y() const { return y + h / 2; }
    [[nodiscard]] constexpr Point center() const { return {center_x(), center_y()}; }
    [[nodiscard]] constexpr bool empty() const { return w <= 0 || h <= 0; }
    [[nodiscard]] constexpr bool contains(Point p) const {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
    [[nodiscard]] constexpr Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }

    /// Smaller by `margin` on each side; larger when it is negative.
    [[nodiscard]] constexpr Rect inset(float margin) const { return inset(margin, margin); }
    [[nodiscard]] constexpr Rect inset(float across, float down) const {
        return {x + across, y + down, std::max(0.0F, w - 2 * across), std::max(0.0F, h - 2 * down)};
    }

    /// The least rectangle that holds both.
    [[nodiscard]] constexpr Rect united(Rect other) const {
        const Point from{std::min(x, other.x), std::min(y, other.y)};
        return {from.x,
                from.y,
                std::max(right(), other.right()) - from.x,
                std::max(bottom(), other.bottom()) - from.y};
    }
    /// What lies in both; empty: nothing.
    [[nodiscard]] constexpr Rect intersected(Rect other) const {
        const Point from{std::max(x, other.x), std::max(y, other.y)};
        return {from.x,
                from.y,
                std::max(0.0F, std::min(right(), other.right()) - from.x),
                std::max(0.0F, std::min(bottom(), other.bottom()) - from.y)};
    }

    /// Take a strip off one side; what is left stays in this rectangle.
    constexpr Rect take_left(float width, float gap = 0) {
        const Rect taken{x, y, std::min(width, w), h};
        x += taken.w + gap;
        w = std::max(0.0F, w - taken.w - gap);
        return taken;
    }
    constexpr Rect take_right(float width, float gap = 0) {
        const float taken = std::min(width, w);
        w = std::max(0.0F, w - taken);
        const Rect strip{x + w, y, taken, h};
        w = std::max(0.0F, w - gap);
        return strip;
    }
    constexpr Rect take_top(float height, float gap = 0) {
        const Rect taken{x, y, w, std::min(height, h)};
        y += taken.h + gap;
        h = std::max(0.0F, h - taken.h - gap);
        return taken;
    }
    constexpr Rect take_bottom(float height, float gap = 0) {
        const float taken = std::min(height, h);
        h = std::max(0.0F, h - taken);
        const Rect strip{x, y + h, w, taken};
        h = std::max(0.0F, h - gap);
        return strip;
    }
};

}  // namespace convoscope::widgets
