#include "engine/kernels/multiply_add.h"

#include <array>
#include <cstddef>

#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

/// Two ports times four cycles of latency want 8 independent sums at least, and 16 registers must
/// also hold the two operands.
constexpr std::size_t kIndependentSums = 12;

}  // namespace

bool multiply_add_is_fused() {
    return simd::kFusedMultiplyAdd;
}

double multiply_add_operations(Index steps) {
    return 2.0 * static_cast<double>(steps) * static_cast<double>(kIndependentSums) *
           static_cast<double>(simd::kVectorSize);
}

float multiply_add_only(Index steps, float a, float b) {
    const simd::Vector factor = simd::splat(a);
    const simd::Vector addend = simd::splat(b);
    std::array<simd::Vector, kIndependentSums> sums{};
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

}  // namespace convoscope::kernels
