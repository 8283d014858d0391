#pragma once

#include <span>

#include "engine/core/index.h"

namespace convoscope::kernels {

/// Rows of a linear layer's gradient and the batch they come from.
struct LinearGradientRows {
    Index in_features = 0;
    Index out_features = 0;
    Index begin = 0;  ///< output features [begin, end)
    Index end = 0;
};

/// Scratch floats that `linear_backward_weights` wants.
[[nodiscard]] Index linear_backward_weights_scratch(Index out_features, Index micro_batches);

/// d_weights[o][i] = sum over all images of d_output[o] · input[i], for o in [begin, end);
/// `inputs` and `d_outputs` hold one `[feature][lane]` span a micro-batch.
/// Each sum runs in the order of the batch, whatever the split into rows.
/// Overwrites those rows of `d_weights` `[out][in]`.
void linear_backward_weights(const LinearGradientRows& rows,
                             std::span<const std::span<const float>> inputs,
                             std::span<const std::span<const float>> d_outputs,
                             std::span<float> scratch,
                             std::span<float> d_weights);

/// d_bias[o] = sum over all images of d_output[o], for o in [begin, end). Overwrites those.
void linear_backward_bias(const LinearGradientRows& rows,
                          std::span<const std::span<const float>> d_outputs,
                          std::span<float> d_bias);

}  // namespace convoscope::kernels
