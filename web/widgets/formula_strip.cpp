#include "web/widgets/formula_strip.h"

#include <algorithm>
#include <array>

namespace convoscope::widgets {
namespace {

constexpr float kAscent = 0.56F;  ///< of a text above and below the axis, as a share of its size
constexpr float kFractionGap = 5;
constexpr float kFractionOverhang = 5;
constexpr float kBracketGap = 5;
constexpr float kBracketFoot = 6;
constexpr float kSignGap = 7;

struct Extent {
    float width = 0;
    float up = 0;
    float down = 0;
};

FontStyle style_of(const FormulaBox& box, FormulaSize size) {
    const bool large = size == FormulaSize::kLarge;
    if (box.result) {
        return large ? FontStyle::kM32 : FontStyle::kM24;
    }
    if (box.italic) {
        return large ? FontStyle::kM18i : FontStyle::kM15i;
    }
    return large ? FontStyle::kM18r : FontStyle::kM15r;
}

float sign_gap(FormulaSize size) {
    return size == FormulaSize::kLarge ? kSignGap : kSignGap - 2;
}

/// Measures, and draws when it has a canvas to draw on.
class Setter {
  public:
    Setter(const Fonts& fonts, const Theme& theme, FormulaSize size, Canvas* canvas)
        : fonts_(fonts), theme_(theme), size_(size), canvas_(canvas) {}

    [[nodiscard]] Extent measure(const FormulaBox& box) const {
        switch (box.kind) {
            case FormulaBox::Kind::kText:
                return measure_text(box);
            case FormulaBox::Kind::kRow:
                return measure_row(box);
            case FormulaBox::Kind::kFraction: {
                const Extent above = measure(box.parts[0]);
                const Extent below = measure(box.parts[1]);
                return {std::max(above.width, below.width) + 2 * kFractionOverhang,
                        above.up + above.down + kFractionGap,
                        below.up + below.down + kFractionGap};
            }
            case FormulaBox::Kind::kFloor: {
                const Extent inside = measure(box.parts[0]);
                return {inside.width + 2 * (kBracketGap + kBracketFoot),
                        inside.up + 2,
                        inside.down + 2};
            }
        }
        return {};
    }

    void draw(const FormulaBox& box, Point at) {
        switch (box.kind) {
            case FormulaBox::Kind::kText:
                draw_text(box, at);
                break;
            case FormulaBox::Kind::kRow:
                for (const FormulaBox& part : box.parts) {
                    draw(part, at);
                    at.x += measure(part).width;
                }
                break;
            case FormulaBox::Kind::kFraction:
                draw_fraction(box, at);
                break;
            case FormulaBox::Kind::kFloor:
                draw_floor(box, at);
                break;
        }
    }

  private:
    [[nodiscard]] Extent measure_text(const FormulaBox& box) const {
        const FontStyle style = style_of(box, size_);
        const float half = fonts_.size(style) * kAscent;
        const float around = box.sign ? 2 * sign_gap(size_) : 0;
        return {fonts_.width(style, box.text) + around, half, half};
    }

    [[nodiscard]] Extent measure_row(const FormulaBox& box) const {
        Extent row;
        for (const FormulaBox& part : box.parts) {
            const Extent one = measure(part);
            row.width += one.width;
            row.up = std::max(row.up, one.up);
            row.down = std::max(row.down, one.down);
        }
        return row;
    }

    void draw_text(const FormulaBox& box, Point at) {
        const FontStyle style = style_of(box, size_);
        const float x = at.x + (box.sign ? sign_gap(size_) : 0);
        const float width = canvas_->text({x, at.y}, box.text, style, box.color);
        if (box.hat) {
            const float top = at.y - fonts_.size(style) * 0.52F;
            const float middle = x + width / 2 + 1;
            canvas_->polyline(
                std::array<Point, 3>{{{middle - 4, top}, {middle, top - 4}, {middle + 4, top}}},
                box.color,
                stroke::kSelect);
        }
    }

    void draw_fraction(const FormulaBox& box, Point at) {
        const float width = measure(box).width;
        const Extent above = measure(box.parts[0]);
        const Extent below = measure(box.parts[1]);
        draw(box.parts[0],
             {at.x + (width - above.width) / 2, at.y - kFractionGap - above.down + 1});
        canvas_->line(at, {at.x + width, at.y}, theme_.t3, stroke::kSelect);
        draw(box.parts[1], {at.x + (width - below.width) / 2, at.y + kFractionGap + below.up - 1});
    }

    void draw_floor(const FormulaBox& box, Point at) {
        const Extent inside = measure(box.parts[0]);
        const float top = at.y - inside.up - 2;
        const float bottom = at.y + inside.down + 2;
        const float left = at.x + 3;
        const float right = at.x + inside.width + 2 * (kBracketGap + kBracketFoot) - 3;
        canvas_->polyline(
            std::array<Point, 3>{{{left + kBracketFoot, bottom}, {left, bottom}, {left, top}}},
            theme_.t2,
            stroke::kSelect);
        canvas_->polyline(
            std::array<Point, 3>{{{right - kBracketFoot, bottom}, {right, bottom}, {right, top}}},
            theme_.t2,
            stroke::kSelect);
        draw(box.parts[0], {at.x + kBracketGap + kBracketFoot, at.y});
    }

    const Fonts& fonts_;
    const Theme& theme_;
    FormulaSize size_;
    Canvas* canvas_;
};

}  // namespace

float formula_width(const Ui& ui, const FormulaBox& box, FormulaSize size) {
    return Setter(ui.fonts, *ui.theme, size, nullptr).measure(box).width;
}

float formula_strip(Ui& ui,
                    const char* id,
                    const std::string& label,
                    const std::string& line,
                    const FormulaBox& box,
                    FormulaSize size,
                    Point at) {
    Canvas canvas = ui.canvas();
    Setter setter(ui.fonts, *ui.theme, size, &canvas);
    const Extent extent = setter.measure(box);
    setter.draw(box, at);
    register_passive(ui,
                     {.id = id, .label = label, .role = Role::kText, .value = line},
                     {at.x, at.y - extent.up, extent.width, extent.up + extent.down});
    return extent.width;
}

}  // namespace convoscope::widgets
