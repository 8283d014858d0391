#pragma once

// A convolution as one product of matrices: every window's numbers are written out, side by side,
// and what is left is a 1×1 convolution over them. Costs kernel-size times the input's memory.

#include <span>

#include "engine/kernels/conv2d_geometry.h"

namespace convoscope::kernels {

/// The 1×1 convolution over the patches that equals the convolution; weights in the engine's order
/// serve both. Expects: one group.
[[nodiscard]] Conv2dGeometry im2col_product(const Conv2dGeometry& geometry);

/// Writes `[output row][output column][kernel row][kernel column][input channel][lane]` from
/// activations `[row][column][channel][lane]`; zeros where a window reaches into the padding.
/// `torch.nn.functional.unfold`, with its axes in another order. Overwrites `patches`.
void im2col(const Conv2dGeometry& geometry, std::span<const float> input, std::span<float> patches);

}  // namespace convoscope::kernels
