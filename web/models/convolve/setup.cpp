#include "web/models/convolve/setup.h"

#include <algorithm>

#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

// In the order of their enums.
constexpr NameTable<4> kOperations{"convolution", "transposed", "max_pool", "average_pool"};
constexpr NameTable<4> kModes{"zeros", "reflect", "replicate", "circular"};
constexpr NameTable<7> kParameters{
    "input", "kernel", "stride", "padding", "padding_end", "dilation", "output_padding"};

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
    }
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
    }
    return {.least = 0, .most = 0, .usual_most = 0};
}

Index value_of(const AxisSetup& axis, Parameter parameter) {
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
    }
    return 0;
}

void set_parameter(Setup& setup, Parameter parameter, Axes axes, Index value) {
    const ParameterRange range = range_of(parameter);
    const Index held = std::clamp(value, range.least, range.most);
    const bool both = setup.linked || axes == Axes::both;
    if (both || axes == Axes::height) {
        set_on_axis(setup.height, parameter, both, held);
    }
    if (both || axes == Axes::width) {
        set_on_axis(setup.width, parameter, both, held);
    }
}

bool is_square(const Setup& setup) {
    return setup.height == setup.width;
}

bool has_symmetric_padding(const AxisSetup& axis) {
    return axis.padding_begin == axis.padding_end;
}

}  // namespace convoscope::models::convolve
