#pragma once

#include <span>

#include "engine/kernels/conv2d_geometry.h"

namespace convoscope {

// A convolution's weights in PyTorch's order `[oc][ic of the group][kh][kw]` and in the engine's
// `[oc][kh][kw][ic of the group]`. Private to `layers/`.

void conv2d_weights_to_pytorch(const kernels::Conv2dGeometry& geometry,
                               std::span<const float> engine,
                               std::span<float> pytorch);

void conv2d_weights_from_pytorch(const kernels::Conv2dGeometry& geometry,
                                 std::span<const float> pytorch,
                                 std::span<float> engine);

}  // namespace convoscope
