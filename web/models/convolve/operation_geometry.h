#pragma once

#include <span>
#include <vector>

#include "engine/kernels/conv2d_geometry.h"
#include "engine/kernels/max_pool2d.h"
#include "web/models/convolve/arithmetic.h"

// How the engine's kernels see a setup.

namespace convoscope::models::convolve {

/// The picture with its padding and stretching written out.
[[nodiscard]] NumberGrid written_out(const NumberGrid& image,
                                     const WindowAxis& rows,
                                     const WindowAxis& columns);

/// The convolution over the picture that is written out, which needs no padding.
[[nodiscard]] kernels::Conv2dGeometry geometry_over(const NumberGrid& grid,
                                                    const Setup& setup,
                                                    const Arithmetic& arithmetic);

/// Of a transposed convolution: the direct one that it goes back over, from its output to its
/// input.
[[nodiscard]] kernels::Conv2dGeometry direct_geometry(const Setup& setup,
                                                      const Arithmetic& arithmetic);

[[nodiscard]] kernels::Pool2dGeometry pool_geometry(const Setup& setup,
                                                    const Arithmetic& arithmetic);

/// Numbers in the order of `engine_weights` as planes of the setup's weights, turned back.
[[nodiscard]] NumberGrid weights_from_engine(const Setup& setup, std::span<const double> weights);

}  // namespace convoscope::models::convolve
