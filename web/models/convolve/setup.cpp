#include "web/models/convolve/setup.h"

#include <algorithm>

#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

// In the order of their enums.
constexpr NameTable<4> kOperations{"convolution", "transposed", "max_pool", "average_pool"};
constexpr NameTable<4> kModes{"zeros", "reflect", "replicate", "circular"};
constexpr NameTable<10> kParameters{"input",
                                    "kernel",
                                    "stride",
                                    "padding",
                                    "padding_end",
                                    "dilation",
                                    "output_padding",
                                    "input_channels",
                                    "output_channels",
                                    "groups"};

constexpr NameTable<3> kAxes{"both", "height", "width"};

void set_on_axis(AxisSetup& axis, Parameter parameter, bool both_ends, Index value) {
    switch (parameter) {
        case Parameter::input:
            axis.input = value;
            break;
        case Parameter::kernel:
            axis.kernel = value;
            break;
        case Parameter::stride:
            axis.stride = value;
            break;
        case Parameter::padding:
            axis.padding_begin = value;
            if (both_ends) {
                axis.padding_end = value;
            }
            break;
        case Parameter::padding_end:
            axis.padding_end = value;
            break;
        case Parameter::dilation:
            axis.dilation = value;
            break;
        case Parameter::output_padding:
            axis.output_padding = value;
            break;
        case Parameter::input_channels:
        case Parameter::output_channels:
        case Parameter::groups:
            break;
    }
}

Index value_on_axis(const AxisSetup& axis, Parameter parameter) {
    switch (parameter) {
        case Parameter::input:
            return axis.input;
        case Parameter::kernel:
            return axis.kernel;
        case Parameter::stride:
            return axis.stride;
        case Parameter::padding:
            return axis.padding_begin;
        case Parameter::padding_end:
            return axis.padding_end;
        case Parameter::dilation:
            return axis.dilation;
        case Parameter::output_padding:
            return axis.output_padding;
        case Parameter::input_channels:
        case Parameter::output_channels:
        case Parameter::groups:
            break;
    }
    return 0;
}

}  // namespace

std::string_view name_of(Operation operation) {
    return name_in(kOperations, operation);
}
bool read_name(std::string_view name, Operation& operation) {
    return read_name_in(kOperations, name, operation);
}
std::string_view name_of(PaddingMode mode) {
    return name_in(kModes, mode);
}
bool read_name(std::string_view name, PaddingMode& mode) {
    return read_name_in(kModes, name, mode);
}
std::string_view name_of(Parameter parameter) {
    return name_in(kParameters, parameter);
}
bool read_name(std::string_view name, Parameter& parameter) {
    return read_name_in(kParameters, name, parameter);
}
std::string_view name_of(Axes axes) {
    return name_in(kAxes, axes);
}
bool read_name(std::string_view name, Axes& axes) {
    return read_name_in(kAxes, name, axes);
}

ParameterRange range_of(Parameter parameter) {
    switch (parameter) {
        case Parameter::input:
            return {.least = 1, .most = 32, .usual_most = 16};
        case Parameter::kernel:
            return {.least = 1, .most = 11, .usual_most = 7};
        case Parameter::stride:
        case Parameter::dilation:
            return {.least = 1, .most = 8, .usual_most = 4};
        case Parameter::padding:
        case Parameter::padding_end:
            return {.least = 0, .most = 10, .usual_most = 4};
        case Parameter::output_padding:
            return {.least = 0, .most = 7, .usual_most = 3};
        case Parameter::input_channels:
        case Parameter::groups:
            return {.least = 1, .most = 8, .usual_most = 4};
        case Parameter::output_channels:
            return {.least = 1, .most = 96, .usual_most = 6};
    }
    return {.least = 0, .most = 0, .usual_most = 0};
}

Index value_of(const Setup& setup, Parameter parameter, Axes axes) {
    switch (parameter) {
        case Parameter::input_channels:
            return setup.input_channels;
        case Parameter::output_channels:
            return setup.output_channels;
        case Parameter::groups:
            return setup.groups;
        default:
            return value_on_axis(axes == Axes::width ? setup.width : setup.height, parameter);
    }
}

void set_parameter(Setup& setup, Parameter parameter, Axes axes, Index value) {
    const ParameterRange range = range_of(parameter);
    const Index held = std::clamp(value, range.least, range.most);
    if (parameter == Parameter::input_channels) {
        setup.input_channels = held;
    } else if (parameter == Parameter::output_channels) {
        setup.output_channels = held;
    } else if (parameter == Parameter::groups) {
        setup.groups = held;
    }
    const bool both = setup.linked || axes == Axes::both;
    if (both || axes == Axes::height) {
        set_on_axis(setup.height, parameter, both, held);
    }
    if (both || axes == Axes::width) {
        set_on_axis(setup.width, parameter, both, held);
    }
}

Index Setup::slices() const {
    return is_pooling(operation) ? 1 : input_channels / groups;
}

Index Setup::output_planes() const {
    return is_pooling(operation) ? input_channels : output_channels;
}

Index Setup::first_channel_of(Index output_plane) const {
    if (is_pooling(operation)) {
        return output_plane;
    }
    return output_plane / (output_channels / groups) * slices();
}

bool is_square(const Setup& setup) {
    return setup.height == setup.width;
}

bool has_symmetric_padding(const AxisSetup& axis) {
    return axis.padding_begin == axis.padding_end;
}

}  // namespace convoscope::models::convolve
