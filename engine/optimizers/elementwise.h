#pragma once

// How every optimiser walks over its spans: whole vectors, and the last few elements through a
// vector on the stack, so that an element's arithmetic never depends on where a range begins.

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope {

/// Numbers below this do not matter, and arithmetic on denormal numbers is a hundred times slower;
/// WebAssembly has no switch that flushes them.
inline constexpr float kFlushBelow = 1e-30F;

[[nodiscard]] inline simd::Vector flush_denormals(simd::Vector value) {
    return simd::select(xsimd::abs(value) < simd::splat(kFlushBelow), simd::zero(), value);
}

[[nodiscard]] inline simd::Vector splat_double(double value) {
    return simd::splat(static_cast<float>(value));
}

/// numerator / denominator, and 0 for 0 / 0: an epsilon of 0 leaves a parameter without gradient
/// where it is.
[[nodiscard]] inline simd::Vector quotient(simd::Vector numerator, simd::Vector denominator) {
    return simd::select(numerator == simd::zero(), simd::zero(), numerator / denominator);
}

/// Calls update(gradient, vectors) for all elements [begin, end); `vectors[n]` is loaded from
/// `arrays[n]` and stored back.
template <std::size_t kArrays, class Update>
void update_elements(const float* gradient,
                     const std::array<float*, kArrays>& arrays,
                     Index begin,
                     Index end,
                     const Update& update) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): loaded before each use
    std::array<simd::Vector, kArrays> vectors;
    Index i = begin;
    for (; i + simd::kVectorSize <= end; i += simd::kVectorSize) {
        for (std::size_t n = 0; n < kArrays; ++n) {
            vectors[n] = simd::load(arrays[n] + i);
        }
        update(simd::load(gradient + i), vectors);
        for (std::size_t n = 0; n < kArrays; ++n) {
            simd::store(arrays[n] + i, vectors[n]);
        }
    }
    if (i == end) {
        return;
    }
    using Tail = std::array<float, static_cast<std::size_t>(simd::kVectorSize)>;
    Tail gradient_tail{};
    std::copy(gradient + i, gradient + end, gradient_tail.begin());
    for (std::size_t n = 0; n < kArrays; ++n) {
        Tail tail{};
        std::copy(arrays[n] + i, arrays[n] + end, tail.begin());
        vectors[n] = simd::load(tail.data());
    }
    update(simd::load(gradient_tail.data()), vectors);
    for (std::size_t n = 0; n < kArrays; ++n) {
        Tail tail{};
        simd::store(tail.data(), vectors[n]);
        std::copy_n(tail.begin(), end - i, arrays[n] + i);
    }
}

}  // namespace convoscope
