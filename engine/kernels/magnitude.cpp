#include "engine/kernels/magnitude.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

constexpr auto kStep = static_cast<std::size_t>(simd::kVectorSize);

/// The elements that whole registers cover.
std::size_t whole(std::size_t count) {
    return count / kStep * kStep;
}

}  // namespace

bool all_within(std::span<const float> values, float limit) {
    const simd::Vector most = simd::splat(limit);
    simd::Mask within = simd::zero() == simd::zero();
    const std::size_t end = whole(values.size());
    for (std::size_t i = 0; i < end; i += kStep) {
        within = within && (xsimd::abs(simd::load(values.data() + i)) <= most);
    }
    return xsimd::all(within) && std::ranges::all_of(values.subspan(end), [&](float value) {
               return std::abs(value) <= limit;
           });
}

double sum_of_squares(std::span<const float> values) {
    using Wide = xsimd::batch<double>;
    constexpr std::size_t kWide = Wide::size;
    // Two sums, so that one addition need not wait for the last.
    Wide even(0.0);
    Wide odd(0.0);
    const std::size_t end = values.size() / (2 * kWide) * (2 * kWide);
    for (std::size_t i = 0; i < end; i += 2 * kWide) {
        const Wide first = Wide::load_unaligned(values.data() + i);
        const Wide second = Wide::load_unaligned(values.data() + i + kWide);
        even += first * first;
        odd += second * second;
    }
    double total = xsimd::reduce_add(even + odd);
    for (const float value : values.subspan(end)) {
        total += static_cast<double>(value) * static_cast<double>(value);
    }
    return total;
}

void clamp(std::span<float> values, float limit) {
    const simd::Vector high = simd::splat(limit);
    const simd::Vector low = simd::splat(-limit);
    const std::size_t end = whole(values.size());
    for (std::size_t i = 0; i < end; i += kStep) {
        const simd::Vector value = simd::load(values.data() + i);
        simd::store(values.data() + i, xsimd::min(xsimd::max(value, low), high));
    }
    for (float& value : values.subspan(end)) {
        value = std::clamp(value, -limit, limit);
    }
}

void scale(std::span<float> values, float factor) {
    const simd::Vector factors = simd::splat(factor);
    const std::size_t end = whole(values.size());
    for (std::size_t i = 0; i < end; i += kStep) {
        simd::store(values.data() + i, simd::load(values.data() + i) * factors);
    }
    for (float& value : values.subspan(end)) {
        value *= factor;
    }
}

}  // namespace convoscope::kernels
