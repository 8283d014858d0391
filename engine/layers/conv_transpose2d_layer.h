#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// A transposed convolution: what a convolution of the same attributes does to a gradient on its
/// way back; `torch.nn.ConvTranspose2d`.
///
///     output = (input - 1)·stride - 2·padding + dilation·(kernel_size - 1) + output_padding + 1
struct ConvTranspose2dSpec {
    Index out_channels = 1;
    Index kernel_height = 1;
    Index kernel_width = 1;
    Index stride_height = 1;
    Index stride_width = 1;
    Index padding_height = 0;  ///< cut off the output's edges
    Index padding_width = 0;
    Index output_padding_height = 0;  ///< added to the output's end
    Index output_padding_width = 0;
    Index dilation_height = 1;
    Index dilation_width = 1;
    Index groups = 1;
    bool bias = true;
};

/// Returns error when: an attribute is out of range, the groups do not divide the channels, the
/// output_padding is as large as both stride and dilation, or nothing would be left of the output.
[[nodiscard]] Status check_conv_transpose2d(const ConvTranspose2dSpec& spec, const Shape& input);

/// Expects: check_conv_transpose2d(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_conv_transpose2d_layer(const ConvTranspose2dSpec& spec,
                                                                 const Shape& input);

}  // namespace convoscope
