#include "web/models/convolve/problem.h"

#include <algorithm>

namespace convoscope::models::convolve {
namespace {

std::string number_text(Index number) {
    return number < 0 ? "−" + std::to_string(-number) : std::to_string(number);
}

Index greatest_padding(const AxisSetup& axis) {
    return std::max(axis.padding_begin, axis.padding_end);
}

/// Whether a mirrored or wrapped ring would need pixels that are not there.
bool exceeds_mode(const Setup& setup, const AxisSetup& axis) {
    const bool reflect = setup.padding_mode == PaddingMode::reflect;
    const bool limited = reflect || setup.padding_mode == PaddingMode::circular;
    return limited && greatest_padding(axis) > axis.input - (reflect ? 1 : 0);
}

}  // namespace

Parameter culprit_on(const Setup& setup, const AxisSetup& axis) {
    if (setup.operation == Operation::transposed) {
        const bool added = axis.output_padding >= std::max(axis.stride, axis.dilation);
        return added ? Parameter::output_padding : Parameter::padding;
    }
    const bool pooling = is_pooling(setup.operation);
    if (pooling ? 2 * greatest_padding(axis) > axis.kernel : exceeds_mode(setup, axis)) {
        return Parameter::padding;
    }
    const Index padded = axis.input + axis.padding_begin + axis.padding_end;
    return axis.kernel <= padded ? Parameter::dilation : Parameter::kernel;
}

std::string sentence_on(const Setup& setup, const AxisSetup& axis, std::string_view name) {
    const std::string along = " along the " + std::string(name);
    const std::string padding = std::to_string(greatest_padding(axis));
    switch (culprit_on(setup, axis)) {
        case Parameter::output_padding:
            return "Added is " + std::to_string(axis.output_padding) + along + ", but at most " +
                   std::to_string(std::max(axis.stride, axis.dilation) - 1) +
                   ": less than the larger of stride and dilation.";
        case Parameter::padding:
            break;
        default:
            return {};
    }
    if (setup.operation == Operation::transposed) {
        const Index output = (axis.input - 1) * axis.stride - 2 * axis.padding_begin +
                             axis.window().extent() + axis.output_padding;
        return "The output" + along + " would have " + number_text(output) +
               " cells: the padding of " + std::to_string(axis.padding_begin) +
               " cuts everything off.";
    }
    if (is_pooling(setup.operation)) {
        return "The padding of " + padding + along + " is more than half the kernel of " +
               std::to_string(axis.kernel) + ": a window could lie on padding alone.";
    }
    const bool reflect = setup.padding_mode == PaddingMode::reflect;
    return "The padding of " + padding + along + " is too much to " +
           (reflect ? "mirror" : "wrap") + " an input of " + std::to_string(axis.input) +
           ": at most " + std::to_string(axis.input - (reflect ? 1 : 0)) + ".";
}

std::string problem_of_groups(const Setup& setup) {
    const auto indivisible = [&setup](Index channels, const char* which) {
        return std::to_string(setup.groups) + " groups do not divide the " +
               std::to_string(channels) + " " + which + " into equal parts.";
    };
    if (is_pooling(setup.operation)) {
        return {};
    }
    if (setup.input_channels % setup.groups != 0) {
        return indivisible(setup.input_channels,
                           setup.input_channels == 1 ? "input channel" : "input channels");
    }
    if (setup.output_channels % setup.groups != 0) {
        return indivisible(setup.output_channels,
                           setup.output_channels == 1 ? "filter" : "filters");
    }
    return {};
}

}  // namespace convoscope::models::convolve
