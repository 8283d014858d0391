#pragma once

#include <span>

#include "engine/core/index.h"
#include "engine/kernels/conv2d_geometry.h"

namespace convoscope::kernels {

/// Floats that `winograd_backward_weights` wants.
[[nodiscard]] Index winograd_backward_weights_scratch(const Conv2dGeometry& geometry);

/// What `conv2d_backward_weights` computes, by Winograd's way (winograd_transform.h): the same
/// numbers but for rounding. Adds to `d_weights`. Expects: a 3×3 kernel, everything else 1.
void winograd_backward_weights(const Conv2dGeometry& geometry,
                               std::span<const float> input,
                               std::span<const float> d_output,
                               std::span<float> scratch,
                               std::span<float> d_weights);

}  // namespace convoscope::kernels
