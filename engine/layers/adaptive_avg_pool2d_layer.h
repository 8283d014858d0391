#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// Means of windows that cut the input into as many rows and columns as are wanted;
/// `torch.nn.AdaptiveAvgPool2d`. Output o covers positions ⌊o·in/out⌋ to ⌈(o+1)·in/out⌉ - 1.
struct AdaptiveAvgPool2dSpec {
    Index output_height = 1;  ///< 0: as many as the input has, PyTorch's None
    Index output_width = 1;
};

/// Returns error when: the input is flat.
[[nodiscard]] Status check_adaptive_avg_pool2d(const AdaptiveAvgPool2dSpec& spec,
                                               const Shape& input);

/// Expects: check_adaptive_avg_pool2d(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_adaptive_avg_pool2d_layer(
    const AdaptiveAvgPool2dSpec& spec, const Shape& input);

}  // namespace convoscope
