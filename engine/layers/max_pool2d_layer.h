#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The largest value of each window; `torch.nn.MaxPool2d`. Padding counts as minus infinity.
struct MaxPool2dSpec {
    Index kernel_height = 2;
    Index kernel_width = 2;
    Index stride_height = 2;  ///< PyTorch's default is the kernel's height
    Index stride_width = 2;
    Index padding_height = 0;
    Index padding_width = 0;
    Index dilation_height = 1;
    Index dilation_width = 1;
    bool ceil_mode = false;
};

/// Returns error when: an attribute is out of range, the padding exceeds half the kernel, or the
/// dilated kernel is larger than the padded input.
[[nodiscard]] Status check_max_pool2d(const MaxPool2dSpec& spec, const Shape& input);

/// Expects: check_max_pool2d(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_max_pool2d_layer(const MaxPool2dSpec& spec,
                                                           const Shape& input);

}  // namespace convoscope
