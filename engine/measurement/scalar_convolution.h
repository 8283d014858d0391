#pragma once

#include <span>

#include "engine/kernels/conv2d_geometry.h"

namespace convoscope {

/// A convolution as a programmer would first write it: one number at a time, one image `[c][h][w]`,
/// weights `[oc][ic][kh][kw]`, output `[oc][oh][ow]`, no bias. This file alone is compiled without
/// the compiler's vectorisation (CMakeLists.txt), so that a loop is a loop.
/// What the engine's kernels are measured against. Expects: one group.
void scalar_convolution(const kernels::Conv2dGeometry& geometry,
                        std::span<const float> image,
                        std::span<const float> weights,
                        std::span<float> output);

}  // namespace convoscope
