#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/padding_mode.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// A two-dimensional convolution (cross-correlation); `torch.nn.Conv2d`.
struct Conv2dSpec {
    Index out_channels = 1;
    Index kernel_height = 1;
    Index kernel_width = 1;
    Index stride_height = 1;
    Index stride_width = 1;
    Index padding_top = 0;
    Index padding_bottom = 0;
    Index padding_left = 0;
    Index padding_right = 0;
    Index dilation_height = 1;
    Index dilation_width = 1;
    Index groups = 1;
    bool bias = true;
    PaddingMode padding_mode = PaddingMode::zeros;
};

/// Returns error when: an attribute is out of range, the groups do not divide the channels, the
/// dilated kernel is larger than the padded input, or the padding more than its mode can fill.
[[nodiscard]] Status check_conv2d(const Conv2dSpec& spec, const Shape& input);

/// Expects: check_conv2d(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_conv2d_layer(const Conv2dSpec& spec, const Shape& input);

}  // namespace convoscope
