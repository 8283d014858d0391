#pragma once

#include <span>

#include "engine/core/shape.h"

namespace convoscope::kernels {

/// `[h][w][c][lane]` to `[c][h][w][lane]`. Overwrites `output`; no overlap.
void channels_first(const Shape& shape, std::span<const float> input, std::span<float> output);

/// `[c][h][w][lane]` to `[h][w][c][lane]`. Overwrites `output`; no overlap.
void channels_last(const Shape& shape, std::span<const float> input, std::span<float> output);

}  // namespace convoscope::kernels
