#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The mean of each window; `torch.nn.AvgPool2d`. Padding counts as zeros.
struct AvgPool2dSpec {
    Index kernel_height = 2;
    Index kernel_width = 2;
    Index stride_height = 2;  ///< PyTorch's default is the kernel's height
    Index stride_width = 2;
    Index padding_height = 0;
    Index padding_width = 0;
    bool ceil_mode = false;
    bool count_include_pad = true;  ///< false: the mean of the cells on the input alone
};

/// Returns error when: an attribute is out of range, the padding exceeds half the kernel, or the
/// kernel is larger than the padded input.
[[nodiscard]] Status check_avg_pool2d(const AvgPool2dSpec& spec, const Shape& input);

/// Expects: check_avg_pool2d(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_avg_pool2d_layer(const AvgPool2dSpec& spec,
                                                           const Shape& input);

}  // namespace convoscope
