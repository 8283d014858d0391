#include "web/rooms/convolve/parameter_panel.h"

#include <array>
#include <cmath>

#include "web/widgets/button.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"
#include "web/widgets/slider.h"
#include "web/widgets/toggle.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Axes;
using model::Operation;
using model::Parameter;

namespace {

constexpr float kHeadGap = 14;
constexpr float kLabelWidth = 68;
constexpr double kMostBias = 4;

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

struct ParameterRow {
    Parameter parameter;
    const char* id;
    const char* symbol;
    const char* label;
    Quantity quantity;
    const char* why;
};
constexpr std::array<ParameterRow, 6> kRows{
    {{Parameter::input, "input", "i", "Input", Quantity::kInput, "Pixels along an axis."},
     {Parameter::kernel,
      "kernel",
      "k",
      "Kernel",
      Quantity::kKernel,
      "Weights along an axis: how far the window sees."},
     {Parameter::stride,
      "stride",
      "s",
      "Stride",
      Quantity::kNone,
      "Pixels from one window to the next: 2 halves the output."},
     {Parameter::padding,
      "padding",
      "p",
      "Padding",
      Quantity::kPadding,
      "Positions added at each side, so that the window can reach over the edge."},
     {Parameter::dilation,
      "dilation",
      "d",
      "Dilation",
      Quantity::kNone,
      "Pixels from one weight to the next: the window sees farther with as many weights."},
     {Parameter::output_padding,
      "output_padding",
      "a",
      "Added",
      Quantity::kPadding,
      "Which of the s sizes that the stride maps to one: output_padding in PyTorch."}}};

bool is_used(const model::Setup& setup, Parameter parameter) {
    if (parameter == Parameter::output_padding) {
        return setup.operation == Operation::transposed;
    }
    return !(parameter == Parameter::dilation && setup.operation == Operation::average_pool);
}

int ticks_of(Parameter parameter) {
    const model::ParameterRange range = model::range_of(parameter);
    const Index steps = range.usual_most - range.least;
    return steps <= 4 ? static_cast<int>(steps) : 0;
}

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

void draw_slider(Context& context,
                 const ParameterRow& row,
                 Parameter parameter,
                 Axes axes,
                 const std::string& label,
                 Rect where) {
    const model::AxisSetup& axis =
        axes == Axes::width ? context.setup().width : context.setup().height;
    const model::ParameterRange range = model::range_of(parameter);
    const char* suffix = axes == Axes::height ? ".height" : axes == Axes::width ? ".width" : "";
    const std::string end = parameter == Parameter::padding_end ? ".end" : "";
    const std::string id = std::string("convolve.") + row.id + suffix + end;
    const auto moved =
        slider(context.ui,
               {.id = id.c_str(),
                .label = label,
                .symbol = row.symbol,
                .value = static_cast<double>(model::value_of(axis, parameter)),
                .min = static_cast<double>(range.least),
                .max = static_cast<double>(range.usual_most),
                .step = 1,
                .quantity = row.quantity,
                .ticks = ticks_of(parameter),
                .label_width = kLabelWidth,
                .error = !context.room().possible() && parameter == Parameter::kernel,
                .explanation = plain(context, row.why)},
               where);
    if (moved) {
        context.commands.push(
            model::commands::set(parameter, axes, static_cast<Index>(std::lround(*moved))));
    }
}

/// With the axes apart: two sliders, and four for the sides that are padded.
void draw_axis_sliders(Context& context, const ParameterRow& row, Rect& column) {
    if (row.parameter == Parameter::padding) {
        draw_slider(
            context, row, Parameter::padding, Axes::height, "Top", column.take_top(space::k32));
        draw_slider(context,
                    row,
                    Parameter::padding_end,
                    Axes::height,
                    "Bottom",
                    column.take_top(space::k32));
        draw_slider(
            context, row, Parameter::padding, Axes::width, "Left", column.take_top(space::k32));
        draw_slider(context,
                    row,
                    Parameter::padding_end,
                    Axes::width,
                    "Right",
                    column.take_top(space::k32));
        return;
    }
    const std::string label = row.label;
    draw_slider(
        context, row, row.parameter, Axes::height, label + " ↓", column.take_top(space::k32));
    draw_slider(
        context, row, row.parameter, Axes::width, label + " →", column.take_top(space::k32));
}

void draw_bias(Context& context, Rect row) {
    const auto moved =
        slider(context.ui,
               {.id = "convolve.bias",
                .label = "Bias",
                .symbol = "b",
                .value = context.setup().bias,
                .min = -kMostBias,
                .max = kMostBias,
                .step = 1,
                .quantity = Quantity::kKernel,
                .label_width = kLabelWidth,
                .explanation = plain(context, "Added to every output: one number a filter.")},
               row);
    if (moved) {
        context.commands.push(model::commands::with("convolve_bias", "value", *moved));
    }
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

/// "height = width" with a link before it; pressed, each axis has its own numbers.
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

}  // namespace

float draw_parameters(Context& context, Rect column) {
    const model::Setup& setup = context.setup();
    const float top = column.y;
    section_head(context.ui, column.x, column.y + 6, column.w, "Operation");
    column.take_top(6 + kHeadGap);
    draw_operations(context, column.take_top(74, space::k24 + 4));
    section_head(context.ui, column.x, column.y, column.w, "Parameters");
    draw_link(context, column.x, column.y, column.w);
    column.take_top(kHeadGap);
    for (const ParameterRow& row : kRows) {
        if (!is_used(setup, row.parameter)) {
            continue;
        }
        if (setup.linked) {
            draw_slider(
                context, row, row.parameter, Axes::both, row.label, column.take_top(space::k32));
        } else {
            draw_axis_sliders(context, row, column);
        }
    }
    if (!is_pooling(setup.operation)) {
        draw_bias(context, column.take_top(space::k32, space::k4));
        if (setup.operation == Operation::convolution) {
            draw_padding_modes(context, column.take_top(28, 6));
        }
        draw_turn(context, column.take_top(28));
    }
    return column.y - top;
}

float draw_phone_parameters(Context& context, Rect column) {
    constexpr float kChipHeight = 40;
    const model::Setup& setup = context.setup();
    const Theme& theme = context.theme();
    const float top = column.y;
    const Rect row = column.take_top(kChipHeight, 6);
    std::array<const ParameterRow*, kRows.size()> shown{};
    std::size_t count = 0;
    for (const ParameterRow& one : kRows) {
        if (is_used(setup, one.parameter)) {
            shown[count++] = &one;
        }
    }
    const bool bias = !is_pooling(setup.operation);
    const float pitch = (row.w + 2) / static_cast<float>(count + (bias ? 1 : 0));
    Canvas canvas = context.ui.canvas();
    const auto draw_chip = [&](std::size_t place,
                               const std::string& name,
                               const char* symbol,
                               const std::string& label,
                               const std::string& value,
                               Color ink) {
        const bool on = context.room().open_parameter == name;
        const Rect rect{row.x + static_cast<float>(place) * pitch, row.y, pitch - 8, kChipHeight};
        const std::string id = "convolve.open." + name;
        const Interaction act = interact(
            context.ui,
            {.id = id, .label = label, .role = Role::kRadio, .value = value, .selected = on},
            rect);
        canvas.fill(rect, on || act.held ? theme.bg4 : theme.bg2, radius::kSegment);
        canvas.outline(rect,
                       on ? theme.t1 : theme.line1,
                       radius::kSegment,
                       on ? stroke::kSelect : stroke::kHair);
        canvas.text({rect.x + rect.w * 0.3F, rect.center_y()},
                    symbol,
                    FontStyle::kM15i,
                    ink,
                    Align::kCenter);
        canvas.text({rect.x + rect.w * 0.7F, rect.center_y()},
                    value,
                    FontStyle::kM15,
                    theme.t1,
                    Align::kCenter);
        if (act.clicked) {
            context.commands.push(
                model::commands::with("convolve_open", "parameter", std::string_view(name)));
        }
    };
    for (std::size_t i = 0; i < count; ++i) {
        const ParameterRow& one = *shown[i];
        draw_chip(i,
                  one.id,
                  one.symbol,
                  one.label,
                  std::to_string(model::value_of(setup.height, one.parameter)),
                  ink_of(theme, one.quantity));
    }
    if (bias) {
        draw_chip(count, "bias", "b", "Bias", value_text(setup.bias), theme.kernel);
    }
    const Rect box = column.take_top(48);
    canvas.box(box, theme.bg1, theme.line1, radius::kSegment);
    Rect inside = box.inset(14, 2);
    const bool is_bias = context.room().open_parameter == "bias" && bias;
    const ParameterRow* open = shown[0];
    for (std::size_t i = 0; i < count; ++i) {
        open = context.room().open_parameter == shown[i]->id ? shown[i] : open;
    }
    const double value =
        is_bias ? setup.bias : static_cast<double>(model::value_of(setup.height, open->parameter));
    const Rect plus = box.inset(8, 6).take_right(44);
    const Rect minus = plus.moved(-50, 0);
    inside.w = minus.x - inside.x - 4;
    const auto change_to = [&](double wanted) {
        context.commands.push(
            is_bias ? model::commands::with("convolve_bias", "value", wanted)
                    : model::commands::set(
                          open->parameter, Axes::both, static_cast<Index>(std::lround(wanted))));
    };
    if (button(context.ui, {.id = "convolve.less", .label = "−"}, minus)) {
        change_to(value - 1);
    }
    if (button(context.ui, {.id = "convolve.more", .label = "+"}, plus)) {
        change_to(value + 1);
    }
    if (is_bias) {
        draw_bias(context, inside);
    } else {
        draw_slider(context, *open, open->parameter, Axes::both, open->label, inside);
    }
    return column.y - top;
}

}  // namespace convoscope::rooms::convolve
