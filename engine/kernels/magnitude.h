#pragma once

#include <span>

namespace convoscope::kernels {

/// True when every |value| is at most `limit`; false where one is not a number.
[[nodiscard]] bool all_within(std::span<const float> values, float limit);

/// Σ value², in double: no square of a float overflows, and the order of the sum is fixed.
[[nodiscard]] double sum_of_squares(std::span<const float> values);

/// Cuts every value to [-limit, limit]. Source: `torch.nn.utils.clip_grad_value_`.
void clamp(std::span<float> values, float limit);

void scale(std::span<float> values, float factor);

}  // namespace convoscope::kernels
