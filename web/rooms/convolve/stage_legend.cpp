#include "web/rooms/convolve/stage_legend.h"

#include <string>

#include "web/rooms/convolve/stage_parts.h"
#include "web/widgets/color_legend.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kBar = 6;
constexpr int kSteps = 49;

/// As a cell is filled, of that share (-1 to 1) of the greatest magnitude.
Color fill_at(const Theme& theme, Quantity quantity, float share) {
    return quantity == Quantity::kInput ? cell_fill(theme, theme.input, share)
                                        : computed_fill(theme, fill_of(theme, quantity), share);
}

}  // namespace

void draw_stage_legend(
    Context& context, const char* id, Quantity quantity, double greatest, Rect rect) {
    const Theme& theme = context.theme();
    register_passive(
        context.ui,
        {.id = id, .label = "Colours", .role = Role::kText, .value = "to " + value_text(greatest)},
        rect);
    if (context.room().view != model::CellView::numbers) {
        color_legend(context.ui, Scale::kDiverging, greatest, rect);
        return;
    }
    Canvas canvas = context.ui.canvas();
    const std::string bottom = value_text(-greatest);
    const std::string top = "+" + value_text(greatest);
    const float middle = rect.y + kBar / 2;
    canvas.text({rect.x, middle}, bottom, FontStyle::kM11, theme.t3);
    canvas.text({rect.right(), middle}, top, FontStyle::kM11, theme.t3, Align::kRight);
    Rect bar{rect.x, rect.y, rect.w - canvas.width(top, FontStyle::kM11) - 8, kBar};
    bar.take_left(canvas.width(bottom, FontStyle::kM11), 8);
    const float step = bar.w / kSteps;
    for (int i = 0; i < kSteps; ++i) {
        const float share = 2.0F * static_cast<float>(i) / (kSteps - 1) - 1.0F;
        canvas.fill({bar.x + static_cast<float>(i) * step, bar.y, step + 0.5F, bar.h},
                    fill_at(theme, quantity, share));
    }
}

void draw_phone_legends(Context& context, Rect row) {
    const model::Model& room = context.room();
    const bool backward = room.backward();
    const Rect left = row.take_left((row.w - 24) / 2, 24);
    draw_stage_legend(
        context,
        "convolve.legend.input",
        backward ? Quantity::kGradient : Quantity::kInput,
        end_of_scale(backward ? room.gradients().input.values : context.setup().image.values),
        left);
    draw_stage_legend(context,
                      "convolve.legend.output",
                      backward ? Quantity::kGradient : Quantity::kOutput,
                      end_of_scale(room.learns() ? room.learning().target.values
                                   : backward    ? room.error().values
                                                 : context.arithmetic().output.values),
                      row);
}

}  // namespace convoscope::rooms::convolve
