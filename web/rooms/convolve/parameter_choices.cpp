#include "web/rooms/convolve/parameter_choices.h"

#include <array>

#include "web/widgets/segmented.h"
#include "web/widgets/toggle.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Axes;
using model::Parameter;

void draw_axis_sliders(Context& context, const ParameterRow& row, Rect& column) {
    const bool transposed = context.setup().operation == model::Operation::transposed;
    if (row.parameter == Parameter::padding && !transposed) {
        draw_parameter_slider(
            context, row, Parameter::padding, Axes::height, "Top", column.take_top(space::k32));
        draw_parameter_slider(context,
                              row,
                              Parameter::padding_end,
                              Axes::height,
                              "Bottom",
                              column.take_top(space::k32));
        draw_parameter_slider(
            context, row, Parameter::padding, Axes::width, "Left", column.take_top(space::k32));
        draw_parameter_slider(context,
                              row,
                              Parameter::padding_end,
                              Axes::width,
                              "Right",
                              column.take_top(space::k32));
        return;
    }
    const std::string label = row.label;
    draw_parameter_slider(
        context, row, row.parameter, Axes::height, label + " ↓", column.take_top(space::k32));
    draw_parameter_slider(
        context, row, row.parameter, Axes::width, label + " →", column.take_top(space::k32));
}

void draw_padding_modes(Context& context, Rect row) {
    static constexpr std::array<const char*, 4> kNames{"zeros", "reflect", "replicate", "circular"};
    const std::array<Segment, 4> segments{
        {{"zeros", "zeros"}, {"reflect", "mirror"}, {"replicate", "edge"}, {"circular", "wrap"}}};
    Canvas canvas = context.ui.canvas();
    const bool narrow = row.w < 240;
    const float label = narrow ? 32 : 62;
    canvas.text(
        {row.x, row.center_y()}, narrow ? "Pad" : "Pad with", FontStyle::kBody, context.theme().t2);
    if (const auto chosen = segmented(context.ui,
                                      "convolve.mode",
                                      segments,
                                      static_cast<int>(context.setup().padding_mode),
                                      {row.x + label, row.y, row.w - label, row.h})) {
        context.commands.push(
            model::commands::with("convolve_padding_mode",
                                  "mode",
                                  std::string_view(kNames[static_cast<std::size_t>(*chosen)])));
    }
}

void draw_link(Context& context, float x, float y, float width) {
    const bool linked = context.setup().linked;
    const std::string text = linked ? "height = width" : "height, width";
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float words = canvas.width(text, FontStyle::kMicro);
    const Rect target{x + width - words - 26, y - 11, words + 30, 22};
    const Interaction act =
        interact(context.ui,
                 {.id = "convolve.link",
                  .label = "Height and width alike",
                  .role = Role::kToggle,
                  .value = linked ? "on" : "off",
                  .selected = linked},
                 target,
                 plain(context,
                       linked ? "Both axes have the same numbers. Press to set each by itself."
                              : "Each axis has its own numbers, and each side its own padding."));
    const Color ink = act.hovered ? theme.t1 : linked ? theme.t3 : theme.t2;
    canvas.icon(Icon::kLink, {x + width - words - 12, y}, 13, ink, 1.4F);
    canvas.text({x + width, y}, text, FontStyle::kMicro, ink, Align::kRight);
    if (act.focused) {
        canvas.focus_ring(target, radius::kControl);
    }
    if (act.clicked) {
        context.commands.push(model::commands::with("convolve_link_axes", "on", !linked));
    }
}

void draw_turn(Context& context, Rect row) {
    const bool on = context.setup().turn_kernel;
    if (toggle(context.ui,
               {.id = "convolve.turn",
                .label = "Turn the kernel by 180°",
                .on = on,
                .explanation = plain(
                    context,
                    "Mathematicians turn the kernel before they convolve; networks do not, and "
                    "compute what is properly called a cross-correlation.")},
               row)) {
        context.commands.push(model::commands::with("convolve_turn", "on", !on));
    }
}

}  // namespace convoscope::rooms::convolve
