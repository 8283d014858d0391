#pragma once

#include <span>

namespace convoscope::kernels {

/// output = max(input, 0), element by element; NaN stays NaN. `torch.nn.functional.relu`.
/// Overwrites `output`, which may be the input. Expects: whole lane blocks.
void relu_forward(std::span<const float> input, std::span<float> output);

/// d_input = d_output where output > 0 (or is NaN), else 0. Overwrites `d_input`, which may be
/// `d_output`. Source: PyTorch's `threshold_backward`.
void relu_backward(std::span<const float> output,
                   std::span<const float> d_output,
                   std::span<float> d_input);

}  // namespace convoscope::kernels
