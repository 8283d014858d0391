#include "web/rooms/train/chart_tools.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "web/widgets/segmented.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRow = 28;
constexpr float kAxis = 192;
constexpr float kSmoothing = 272;
constexpr float kSideBySide = kAxis + kSmoothing;

void draw_axis(Context& context, Rect rect) {
    const std::array<Segment, 3> segments{
        {{"step", "Steps"}, {"epoch", "Epochs"}, {"time", "Time"}}};
    const auto selected = static_cast<int>(context.state.view.curves.axis);
    if (const auto chosen = segmented(context.ui, "train.over", segments, selected, rect)) {
        context.commands.push(models::commands::show_over(static_cast<models::RunAxis>(*chosen)));
    }
}

void draw_smoothing(Context& context, Rect row) {
    const auto smoothing =
        slider(context.ui,
               {.id = "train.smoothing",
                .label = "Smoothing",
                .value = context.state.view.curves.smoothing,
                .min = 0,
                .max = 0.95,
                .step = 0.05,
                .explanation =
                    {{"How much each point of a training line keeps of the ones before, without "
                      "their bias at the start; the band stays as it was measured.",
                      FontStyle::kBody,
                      context.theme().t2}}},
               row);
    if (smoothing) {
        const double within = std::clamp(*smoothing, 0.0, models::CurveView::kMostSmoothing);
        context.commands.push(models::commands::smooth_curves(std::round(100 * within) / 100));
    }
}

}  // namespace

float chart_tools_height(float width) {
    return width < kSideBySide ? 2 * kRow + space::k8 : kRow;
}

void draw_chart_tools(Context& context, Rect where) {
    if (where.w < kSideBySide) {
        draw_axis(context, where.take_top(kRow, space::k8));
        draw_smoothing(context, where);
        return;
    }
    draw_axis(context, where.take_left(kAxis));
    draw_smoothing(context, where.take_right(kSmoothing));
}

}  // namespace convoscope::rooms::train
