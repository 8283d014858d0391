#pragma once

#include <span>

#include "engine/kernels/conv2d_geometry.h"

namespace convoscope::kernels {

/// d_weights[oc][ky][kx][ic] += sum over output cells and lanes of
/// d_output[oy][ox][oc][lane] · input[oy·stride + ky·dilation - padding][…][ic][lane]
///
/// `torch.nn.grad.conv2d_weight`, in the engine's order. Adds to `d_weights`.
void conv2d_backward_weights(const Conv2dGeometry& geometry,
                             std::span<const float> input,
                             std::span<const float> d_output,
                             std::span<float> d_weights);

/// d_bias[oc] += sum over cells and lanes of d_output `[h][w][oc][lane]`. Adds to `d_bias`.
void conv2d_backward_bias(std::span<const float> d_output, std::span<float> d_bias);

}  // namespace convoscope::kernels
