#pragma once

// The ceiling above every figure: multiply-add on registers and nothing else.

#include <array>
#include <cstddef>

#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope::bench {

/// Independent sums: two ports times four cycles of latency want 8 at least, and 16 registers must
/// also hold the two operands.
inline constexpr std::size_t kIndependentSums = 12;

/// Floating-point operations of `multiply_add_only(steps, …)`.
[[nodiscard]] inline double multiply_add_operations(Index steps) {
    return 2.0 * static_cast<double>(steps) * static_cast<double>(kIndependentSums) *
           static_cast<double>(simd::kVectorSize);
}

/// Each sum is x = x·a + b, which cannot be computed ahead, and tends to b / (1 - a).
[[nodiscard, gnu::noinline]] inline float multiply_add_only(Index steps, float a, float b) {
    const simd::Vector factor = simd::splat(a);
    const simd::Vector addend = simd::splat(b);
    std::array<simd::Vector, kIndependentSums> sums;
    sums.fill(simd::zero());
    for (Index step = 0; step < steps; ++step) {
        for (simd::Vector& sum : sums) {
            sum = simd::multiply_add(sum, factor, addend);
        }
    }
    simd::Vector total = simd::zero();
    for (const simd::Vector& sum : sums) {
        total = total + sum;
    }
    return simd::sum(total);
}

/// The rate of so many threads at once, by the time of the slowest.
[[nodiscard]] double multiply_add_gigaflops(int thread_count, Index steps);

}  // namespace convoscope::bench
