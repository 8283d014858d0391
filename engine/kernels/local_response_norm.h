#pragma once

#include <span>

#include "engine/core/index.h"

namespace convoscope::kernels {

/// y_c = x_c · D_c^-beta with D_c = k + scale · sum of x_j² over the channels j around c:
/// from c - ⌊size/2⌋ to c + ⌊(size-1)/2⌋, as far as there are such.
struct ResponseNorm {
    Index channels = 1;
    Index size = 1;
    float scale = 1e-4F;  ///< PyTorch's alpha / size
    float beta = 0.75F;
    float k = 1.0F;
};

/// `torch.nn.functional.local_response_norm` of volumes `[h][w][c][lane]`. `bases` gets D, of the
/// output's shape. Overwrites `output` and `bases`; no overlap.
void local_response_norm_forward(const ResponseNorm& norm,
                                 std::span<const float> input,
                                 std::span<float> output,
                                 std::span<float> bases);

/// d_input_i = d_output_i · D_i^-beta
///             - 2 · scale · beta · x_i · sum of d_output_c · y_c / D_c over the c whose sum has
///             x_i.
/// `scratch` holds one pixel, `channels · kLanes` floats. Overwrites `d_input`; no overlap.
void local_response_norm_backward(const ResponseNorm& norm,
                                  std::span<const float> input,
                                  std::span<const float> output,
                                  std::span<const float> bases,
                                  std::span<const float> d_output,
                                  std::span<float> scratch,
                                  std::span<float> d_input);

}  // namespace convoscope::kernels
