#pragma once

#include <span>

#include "engine/core/index.h"

namespace convoscope::kernels {

// Volumes `[h][w][c][lane]` of `channels` channels; `weights` holds one weight for all of them, or
// one for each.

/// output = input where input > 0, else weight · input. `torch.nn.functional.prelu`. Overwrites
/// `output`, which may be the input.
void prelu_forward(Index channels,
                   std::span<const float> weights,
                   std::span<const float> input,
                   std::span<float> output);

/// d_input = d_output where input > 0, else weight · d_output. Overwrites `d_input`, which may be
/// `d_output`.
void prelu_backward_input(Index channels,
                          std::span<const float> weights,
                          std::span<const float> input,
                          std::span<const float> d_output,
                          std::span<float> d_input);

/// d_weights += sum over cells and lanes (and channels, if they share the weight) of
/// input · d_output where input <= 0. Adds to `d_weights`.
void prelu_backward_weights(Index channels,
                            std::span<const float> input,
                            std::span<const float> d_output,
                            std::span<float> d_weights);

}  // namespace convoscope::kernels
