#pragma once

#include <span>

namespace convoscope::kernels {

/// output = a + b, element by element. Overwrites `output`, which may be either input.
/// Expects: whole lane blocks.
void add(std::span<const float> a, std::span<const float> b, std::span<float> output);

}  // namespace convoscope::kernels
