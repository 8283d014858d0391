#include "web/rooms/convolve/direction_row.h"

#include <array>
#include <optional>
#include <span>

#include "web/rooms/convolve/learning_controls.h"
#include "web/widgets/segmented.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Direction;
using model::ErrorChoice;

namespace {

constexpr float kLabel = 62;
constexpr float kRow = 30;

std::optional<int> choose(Context& context,
                          const char* id,
                          const char* label,
                          std::span<const Segment> segments,
                          int selected,
                          Rect row) {
    context.ui.canvas().text({row.x, row.center_y()}, label, FontStyle::kBody, context.theme().t2);
    return segmented(
        context.ui, id, segments, selected, {row.x + kLabel, row.y, row.w - kLabel, row.h});
}

/// From the direct convolution, 0, to the transposed one, 1.
void draw_way_back(Context& context, Rect row) {
    constexpr double kStep = 0.01;
    const auto moved = slider(
        context.ui,
        {.id = "convolve.way",
         .label = "Stretch",
         .value = context.room().way_back(),
         .min = 0,
         .max = 1,
         .step = kStep,
         .label_width = 62,
         .explanation =
             plain(context,
                   "0 is the direct convolution, 1 the transposed one; between them zeros come in, "
                   "and the border goes from p to p' = k − p − 1.")},
        row);
    if (moved) {
        context.commands.push(model::commands::with("convolve_way", "value", *moved));
    }
}

/// Forth, back, or both again and again, which is learning.
void draw_ways(Context& context, Rect row) {
    const model::Model& room = context.room();
    const std::array<Segment, 3> all{
        {{"forward", "Forward"}, {"backward", "Backward"}, {"learn", "Learn"}}};
    const bool pooling = is_pooling(context.setup().operation);
    const std::span<const Segment> ways = std::span(all).first(pooling ? 2 : 3);
    const int selected = room.learns() ? 2 : room.backward() ? 1 : 0;
    const auto chosen = segmented(context.ui, "convolve.direction", ways, selected, row);
    if (!chosen) {
        return;
    }
    if (*chosen == 2) {
        context.commands.push(model::commands::with("convolve_learn", "on", true));
        return;
    }
    if (room.learns()) {
        context.commands.push(model::commands::with("convolve_learn", "on", false));
    }
    context.commands.push(model::commands::with(
        "convolve_direction", "direction", model::name_of(static_cast<Direction>(*chosen))));
}

}  // namespace

float draw_direction(Context& context, Rect column) {
    const model::Model& room = context.room();
    const float top = column.y;
    draw_ways(context, column.take_top(kRow, 4));
    if (room.learns()) {
        column.take_top(draw_learning_controls(context, column));
        return column.y - top;
    }
    if (room.backward()) {
        const std::array<Segment, 3> errors{
            {{"ones", "all 1"}, {"one", "one 1"}, {"painted", "painted"}}};
        if (const auto chosen = choose(context,
                                       "convolve.error",
                                       "Error",
                                       errors,
                                       static_cast<int>(room.error_choice()),
                                       column.take_top(kRow, 4))) {
            const auto choice = static_cast<ErrorChoice>(*chosen);
            context.commands.push(
                model::commands::with("convolve_error", "choice", model::name_of(choice)));
            if (choice == ErrorChoice::painted) {
                context.commands.push(model::commands::with(
                    "convolve_tool", "tool", model::name_of(model::Tool::paint)));
            }
        }
    }
    if (!room.backward() &&
        (room.slides() || context.setup().operation == model::Operation::transposed)) {
        draw_way_back(context, column.take_top(space::k32));
    }
    return column.y - top;
}

}  // namespace convoscope::rooms::convolve
