#include "web/rooms/convolve/parameter_panel.h"

#include <array>

#include "web/rooms/convolve/brush.h"
#include "web/rooms/convolve/direction_row.h"
#include "web/rooms/convolve/parameter_choices.h"
#include "web/rooms/convolve/parameter_rows.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Axes;
using model::Operation;

namespace {

constexpr float kHeadGap = 14;

struct OperationChoice {
    Operation operation;
    const char* id;
    const char* label;
    Icon icon;
    const char* why;
};
constexpr std::array<OperationChoice, 4> kOperations{
    {{Operation::convolution,
      "convolve.operation.convolution",
      "Convolution",
      Icon::kConvolve,
      "A window slides over the input; each output is the sum of window times kernel."},
     {Operation::transposed,
      "convolve.operation.transposed",
      "Transposed",
      Icon::kTransposed,
      "The way back: each input pixel spreads over a window of the output."},
     {Operation::max_pool,
      "convolve.operation.max_pool",
      "Max pooling",
      Icon::kPool,
      "Each output is the greatest value of its window: nothing is learned."},
     {Operation::average_pool,
      "convolve.operation.average_pool",
      "Mean pooling",
      Icon::kPool,
      "Each output is the mean of its window, padding's zeros counted."}}};

}  // namespace

void draw_operations(Context& context, Rect box) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.box(box, theme.bg0, theme.line2, radius::kSegment);
    const float width = (box.w - 6) / 2;
    const float height = (box.h - 6) / 2;
    for (std::size_t i = 0; i < kOperations.size(); ++i) {
        const OperationChoice& choice = kOperations[i];
        const bool on = context.setup().operation == choice.operation;
        const Rect part{box.x + 3 + static_cast<float>(i % 2) * width,
                        box.y + 3 + (i > 1 ? height : 0),
                        width,
                        height};
        const Interaction act =
            interact(context.ui,
                     {.id = choice.id, .label = choice.label, .role = Role::kRadio, .selected = on},
                     part,
                     plain(context, choice.why));
        if (on) {
            canvas.box(part, theme.bg4, theme.selected_line, radius::kControl);
        }
        const Color ink = on ? theme.t1 : act.hovered ? theme.t2 : theme.t3;
        const float tight = width < 120 ? 5.0F : 0.0F;
        canvas.icon(choice.icon, {part.x + 17 - tight, part.center_y()}, 16, ink, 1.4F);
        canvas.text({part.x + 33 - 1.6F * tight, part.center_y()},
                    choice.label,
                    on ? FontStyle::kMed : FontStyle::kBody,
                    ink);
        if (act.focused) {
            canvas.focus_ring(part, radius::kControl);
        }
        if (act.clicked && !on) {
            context.commands.push(model::commands::with(
                "convolve_operation", "operation", model::name_of(choice.operation)));
        }
    }
}

float draw_parameters(Context& context, Rect column) {
    const model::Setup& setup = context.setup();
    const float top = column.y;
    section_head(context.ui, column.x, column.y + 6, column.w, "Operation");
    column.take_top(6 + kHeadGap);
    draw_operations(context, column.take_top(kOperationRows, space::k8));
    if (context.room().scene == model::Scene::cells) {
        column.take_top(draw_direction(context, column));
    }
    column.take_top(draw_brush(context, column), space::k24 - 4);
    section_head(context.ui, column.x, column.y, column.w, "Parameters");
    draw_link(context, column.x, column.y, column.w);
    column.take_top(kHeadGap);
    for (const ParameterRow& row : parameter_rows()) {
        if (!is_used(context, row.parameter)) {
            continue;
        }
        if (setup.linked || !has_axis(row.parameter)) {
            draw_parameter_slider(
                context, row, row.parameter, Axes::both, row.label, column.take_top(space::k32));
        } else {
            draw_axis_sliders(context, row, column);
        }
    }
    if (!is_pooling(setup.operation)) {
        draw_bias_slider(context, column.take_top(space::k32, space::k4));
        if (setup.operation == Operation::convolution) {
            draw_padding_modes(context, column.take_top(28, 6));
        }
        draw_turn(context, column.take_top(28));
    }
    return column.y - top;
}

}  // namespace convoscope::rooms::convolve
