#include "web/rooms/convolve/parameter_rows.h"

#include <array>
#include <cmath>

#include "web/widgets/slider.h"

namespace convoscope::rooms::convolve {

using namespace widgets;
using model::Axes;
using model::Operation;
using model::Parameter;

namespace {

constexpr float kLabelWidth = 68;
constexpr double kMostBias = 4;

constexpr std::array<ParameterRow, 9> kRows{
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
      "Which of the s sizes that the stride maps to one: output_padding in PyTorch."},
     {Parameter::input_channels,
      "channels",
      "c",
      "Channels",
      Quantity::kInput,
      "Planes of the input, as a picture has red, green and blue. A filter reads all of them."},
     {Parameter::output_channels,
      "filters",
      "n",
      "Filters",
      Quantity::kOutput,
      "Each filter has weights of its own and makes one plane of the output."},
     {Parameter::groups,
      "groups",
      "g",
      "Groups",
      Quantity::kKernel,
      "Channels and filters in so many parts, each for itself; as many as channels: depthwise."}}};

int ticks_of(Parameter parameter) {
    const model::ParameterRange range = model::range_of(parameter);
    const Index steps = range.usual_most - range.least;
    return steps <= 4 ? static_cast<int>(steps) : 0;
}

}  // namespace

std::span<const ParameterRow> parameter_rows() {
    return kRows;
}

bool is_used(const Context& context, Parameter parameter) {
    const model::Setup& setup = context.setup();
    const bool pictured = context.room().scene == model::Scene::picture;
    if (pictured && (parameter == Parameter::input || !has_axis(parameter))) {
        return false;  // a real picture has its own size, and its planes are convolved one by one
    }
    if (parameter == Parameter::output_padding) {
        return setup.operation == Operation::transposed;
    }
    if (parameter == Parameter::output_channels || parameter == Parameter::groups) {
        return !is_pooling(setup.operation);
    }
    return !(parameter == Parameter::dilation && setup.operation == Operation::average_pool);
}

void draw_parameter_slider(Context& context,
                           const ParameterRow& row,
                           Parameter parameter,
                           Axes axes,
                           const std::string& label,
                           Rect where) {
    const model::ParameterRange range = model::range_of(parameter);
    const char* suffix = axes == Axes::height ? ".height" : axes == Axes::width ? ".width" : "";
    const std::string end = parameter == Parameter::padding_end ? ".end" : "";
    const std::string id = std::string("convolve.") + row.id + suffix + end;
    const auto moved =
        slider(context.ui,
               {.id = id.c_str(),
                .label = label,
                .symbol = row.symbol,
                .value = static_cast<double>(model::value_of(context.setup(), parameter, axes)),
                .min = static_cast<double>(range.least),
                .max = static_cast<double>(range.usual_most),
                .step = 1,
                .quantity = row.quantity,
                .ticks = ticks_of(parameter),
                .label_width = kLabelWidth,
                .error = context.arithmetic().problem_parameter == parameter,
                .explanation = plain(context, row.why)},
               where);
    if (moved) {
        context.commands.push(
            model::commands::set(parameter, axes, static_cast<Index>(std::lround(*moved))));
    }
}

void draw_bias_slider(Context& context, Rect row) {
    const double bias = context.setup().bias[at(context.room().filter())];
    const auto moved =
        slider(context.ui,
               {.id = "convolve.bias",
                .label = "Bias",
                .symbol = "b",
                .value = bias,
                .min = -kMostBias,
                .max = kMostBias,
                .step = 1,
                .quantity = Quantity::kKernel,
                .label_width = kLabelWidth,
                .text = value_text(bias),
                .explanation = plain(context, "Added to every output: one number a filter.")},
               row);
    if (moved) {
        context.commands.push(model::commands::with("convolve_bias", "value", *moved));
    }
}

}  // namespace convoscope::rooms::convolve
