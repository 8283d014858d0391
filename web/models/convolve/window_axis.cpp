#include "web/models/convolve/window_axis.h"

#include <algorithm>
#include <string>

#include "engine/analysis/transposed_convolution.h"

namespace convoscope::models::convolve {
namespace {

Position padding_at(PaddingMode mode, Index position, Index input) {
    if (mode == PaddingMode::zeros) {
        return {};
    }
    return {.kind = PositionKind::padding, .source = padded_source(mode, position, input)};
}

/// `torch.nn.MaxPool2d` takes no more padding, so that no window lies on padding alone.
Status check_pooling_padding(const AxisSetup& axis, std::string_view name) {
    const Index padding = std::max(axis.padding_begin, axis.padding_end);
    if (2 * padding <= axis.kernel) {
        return success();
    }
    return Error{"padding along the " + std::string(name) + " is " + std::to_string(padding) +
                 ", expected at most half the kernel_size " + std::to_string(axis.kernel)};
}

Result<WindowAxis> direct_axis(const Setup& setup, const AxisSetup& axis, std::string_view name) {
    const PaddingMode mode = is_pooling(setup.operation) ? PaddingMode::zeros : setup.padding_mode;
    const Status fits =
        is_pooling(setup.operation)
            ? check_pooling_padding(axis, name)
            : check_padding(mode, axis.padding_begin, axis.padding_end, axis.input, name);
    if (!fits) {
        return fits.error();
    }
    const Result<Index> outputs = output_extent(axis.window(), axis.input, name);
    if (!outputs) {
        return outputs.error();
    }
    WindowAxis result{
        .taps = axis.kernel, .stride = axis.stride, .dilation = axis.dilation, .outputs = *outputs};
    for (Index at = -axis.padding_begin; at < axis.input + axis.padding_end; ++at) {
        const bool inside = at >= 0 && at < axis.input;
        result.positions.push_back(inside ? Position{PositionKind::pixel, at}
                                          : padding_at(mode, at, axis.input));
    }
    return result;
}

Result<WindowAxis> transposed_axis(const AxisSetup& axis, std::string_view name) {
    const ConvolutionAxis symbols{.input = axis.input,
                                  .kernel_size = axis.kernel,
                                  .stride = axis.stride,
                                  .padding = axis.padding_begin,
                                  .dilation = axis.dilation};
    const Result<Index> outputs = transposed_output_extent(symbols, axis.output_padding, name);
    if (!outputs) {
        return outputs.error();
    }
    WindowAxis result{
        .taps = axis.kernel, .stride = 1, .dilation = axis.dilation, .outputs = *outputs};
    // p′ = k̂ − p − 1 zeros around; below zero, that much of the stretched input is cut off.
    const Index around = symbols.kernel_extent() - axis.padding_begin - 1;
    const Index stretched = axis.stride * (axis.input - 1) + 1;
    for (Index at = -around; at < stretched + axis.output_padding + around; ++at) {
        if (at < 0 || at >= stretched) {
            result.positions.push_back({});
        } else if (at % axis.stride == 0) {
            result.positions.push_back({PositionKind::pixel, at / axis.stride});
        } else {
            result.positions.push_back({.kind = PositionKind::stretched});
        }
    }
    return result;
}

}  // namespace

bool WindowAxis::is_read(Index position) const {
    for (Index tap = 0; tap < taps; ++tap) {
        const Index start = position - tap * dilation;
        if (start >= 0 && start % stride == 0 && start / stride < outputs) {
            return true;
        }
    }
    return false;
}

Index WindowAxis::place_of_pixel(Index pixel) const {
    const auto found = std::ranges::find(positions, Position{PositionKind::pixel, pixel});
    return found - positions.begin();
}

Result<WindowAxis> window_axis(const Setup& setup, const AxisSetup& axis, std::string_view name) {
    return setup.operation == Operation::transposed ? transposed_axis(axis, name)
                                                    : direct_axis(setup, axis, name);
}

}  // namespace convoscope::models::convolve
