#pragma once

#include <span>

#include "engine/core/index.h"

namespace convoscope::kernels {

// Volumes `[h][w][c][lane]` of `channels` channels; each position of each lane by itself.

/// output_c = e^input_c / sum over j of e^input_j. `torch.nn.functional.softmax(dim=1)`.
/// Overwrites `output`, which may be the input.
void softmax_forward(Index channels, std::span<const float> input, std::span<float> output);

/// d_input_c = output_c · (d_output_c - sum over j of d_output_j · output_j). Overwrites `d_input`,
/// which may be `d_output`.
void softmax_backward(Index channels,
                      std::span<const float> output,
                      std::span<const float> d_output,
                      std::span<float> d_input);

}  // namespace convoscope::kernels
