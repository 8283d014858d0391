#pragma once

// The ceiling above every figure: multiply-add on registers and nothing else.

#include "engine/core/index.h"

namespace convoscope::kernels {

/// Whether this build's multiply-add is one instruction that rounds once.
[[nodiscard]] bool multiply_add_is_fused();

/// Floating-point operations of `multiply_add_only(steps, …)`.
[[nodiscard]] double multiply_add_operations(Index steps);

/// Multiply-adds on independent registers, without touching memory. Each sum is x = x·a + b, which
/// cannot be computed ahead, and tends to b / (1 - a); returns the sum of all lanes of all sums.
[[nodiscard]] float multiply_add_only(Index steps, float a, float b);

}  // namespace convoscope::kernels
