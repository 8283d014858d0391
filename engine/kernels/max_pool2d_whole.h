#pragma once

// Max pooling of the usual kind: every window lies wholly on the input, and on the way back no two
// windows share a cell. Then nothing is asked a cell, and all channels run in one loop.

#include <cstddef>

#include "engine/kernels/max_pool2d.h"

namespace convoscope::kernels {

/// Whether `pool_whole_windows` knows the geometry: windows of 2×2 or 3×3, none over the edge.
[[nodiscard]] bool has_whole_windows(const Pool2dGeometry& geometry);

/// Whether `spread_whole_windows` knows it: moreover no two windows overlap.
[[nodiscard]] bool has_separate_windows(const Pool2dGeometry& geometry);

/// As `max_pool2d_forward`. Expects: has_whole_windows(geometry).
void pool_whole_windows(const Pool2dGeometry& geometry,
                        const float* input,
                        float* output,
                        std::byte* winners);

/// As `max_pool2d_backward`. Expects: has_separate_windows(geometry).
void spread_whole_windows(const Pool2dGeometry& geometry,
                          const std::byte* winners,
                          const float* d_output,
                          float* d_input);

}  // namespace convoscope::kernels
