#include "web/rooms/inspect/patch_view.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "web/widgets/number_text.h"
#include "web/widgets/scales.h"

namespace convoscope::rooms::inspect {

using namespace widgets;

namespace {

constexpr float kLeastForNumbers = 22;
constexpr float kGap = 1;

struct Grid {
    const model::Patch& patch;
    const std::vector<double>& values;
    bool numbers = false;
    Index winner = -1;
    bool is_input = true;
    std::function<Color(double)> colour;
};

void draw_grid(Context& context, const Grid& grid, Rect rect) {
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    const float pitch = std::min(rect.w / static_cast<float>(grid.patch.columns),
                                 rect.h / static_cast<float>(grid.patch.rows));
    const float gap = pitch >= 6 ? kGap : 0;
    const bool written = grid.numbers && pitch >= kLeastForNumbers;
    for (Index i = 0; i < std::ssize(grid.values); ++i) {
        const Rect cell{rect.x + static_cast<float>(i % grid.patch.columns) * pitch,
                        rect.y + static_cast<float>(i / grid.patch.columns) * pitch,
                        pitch - gap,
                        pitch - gap};
        const Color fill = grid.colour(grid.values[at(i)]);
        canvas.fill(cell, fill, written ? radius::kTick : 0);
        if (grid.is_input && grid.patch.outside[at(i)]) {
            canvas.hatch(cell, theme.pad.faded(0.5F));
        }
        if (written) {
            canvas.text(cell.center(),
                        cell_text(grid.values[at(i)]),
                        FontStyle::kM11,
                        ink_on(fill),
                        Align::kCenter);
        }
        if (i == grid.winner) {
            canvas.outline(cell.inset(-1), theme.t1, radius::kTick, 2);
        }
    }
}

}  // namespace

void draw_patch_inputs(
    Context& context, const model::Patch& patch, Rect rect, bool numbers, Index winner) {
    const bool is_signed =
        std::ranges::any_of(patch.inputs, [](double value) { return value < 0.0; });
    const Index stage = context.stage_of_value(patch.value);
    const double end =
        stage >= 0 && !context.pictures.stages().empty()
            ? static_cast<double>(context.pictures.stages()[at(stage)].greatest_of_all)
            : greatest_magnitude(patch.inputs);
    const auto greatest = static_cast<float>(end);
    draw_grid(context,
              {.patch = patch,
               .values = patch.inputs,
               .numbers = numbers,
               .winner = winner,
               .is_input = true,
               .colour =
                   [&context, greatest, is_signed](double value) {
                       const auto number = static_cast<float>(value);
                       return is_signed ? diverging(context.theme(), number, greatest)
                                        : sequential(context.theme(), number, greatest);
                   }},
              rect);
}

void draw_patch_weights(Context& context, const model::Patch& patch, Rect rect, bool numbers) {
    double end = 0.0;
    for (const model::Patch& other : context.neuron->patches) {
        end = std::max(end, greatest_magnitude(other.weights));
    }
    const auto greatest = static_cast<float>(end);
    draw_grid(context,
              {.patch = patch,
               .values = patch.weights,
               .numbers = numbers,
               .winner = -1,
               .is_input = false,
               .colour =
                   [&context, greatest](double value) {
                       return diverging(context.theme(), static_cast<float>(value), greatest);
                   }},
              rect);
}

}  // namespace convoscope::rooms::inspect
