#include "engine/analysis/transposed_convolution.h"

#include <algorithm>
#include <string>

namespace convoscope {

Result<TransposedAxis> transpose(const ConvolutionAxis& direct, std::string_view axis) {
    const Result<Index> outputs = output_extent(direct.window(), direct.input, axis);
    if (!outputs) {
        return outputs.error();
    }
    const Index room = direct.input + 2 * direct.padding - direct.kernel_extent();
    return TransposedAxis{.input = *outputs,
                          .stretched = direct.stride * (*outputs - 1) + 1,
                          .added = room % direct.stride,
                          .padding = direct.kernel_extent() - direct.padding - 1,
                          .output = direct.input};
}

Result<Index> transposed_output_extent(const ConvolutionAxis& transposed,
                                       Index output_padding,
                                       std::string_view axis) {
    const std::string along = " along the " + std::string(axis) + " is ";
    if (transposed.input < 1 || transposed.kernel_size < 1 || transposed.stride < 1 ||
        transposed.dilation < 1 || transposed.padding < 0) {
        return Error{"input, kernel_size, stride and dilation along the " + std::string(axis) +
                     " are expected to be at least 1, and padding at least 0"};
    }
    const Index bound = std::max(transposed.stride, transposed.dilation);
    if (output_padding < 0 || output_padding >= bound) {
        return Error{"output_padding" + along + std::to_string(output_padding) +
                     ", expected 0 to " + std::to_string(bound - 1) +
                     ", less than the larger of stride and dilation"};
    }
    const Index output = (transposed.input - 1) * transposed.stride - 2 * transposed.padding +
                         transposed.kernel_extent() + output_padding;
    if (output < 1) {
        return Error{"the output" + along + std::to_string(output) +
                     ", expected at least 1: the padding of " + std::to_string(transposed.padding) +
                     " cuts everything off"};
    }
    return output;
}

}  // namespace convoscope
