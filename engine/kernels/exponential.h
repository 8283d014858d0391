#pragma once

// e^x for whole vectors, the same to the last bit wherever multiply-add is: xsimd's own converts to
// whole numbers lane by lane on WebAssembly.

#include <cstdint>
#include <limits>

#include "engine/kernels/simd.h"

namespace convoscope::kernels {

/// e^r - 1 for |r| <= 0.35 (half of ln 2), without the loss of digits of a subtraction.
/// Source: Cephes expf (Moshier).
inline simd::Vector exponential_minus_one_near_zero(simd::Vector r) {
    using simd::multiply_add;
    using simd::splat;
    simd::Vector p = splat(1.9875691500e-4F);
    p = multiply_add(p, r, splat(1.3981999507e-3F));
    p = multiply_add(p, r, splat(8.3334519073e-3F));
    p = multiply_add(p, r, splat(4.1665795894e-2F));
    p = multiply_add(p, r, splat(1.6666665459e-1F));
    p = multiply_add(p, r, splat(5.0000001201e-1F));
    return multiply_add(p, r * r, r);
}

/// e^x to about 2 units in the last place; 0 below -87.3, infinite above 88.7, NaN of NaN.
/// Source: Cephes expf (Moshier): e^x = 2^n · e^r with n = round(x/ln 2), |r| <= ln 2 / 2.
inline simd::Vector exponential(simd::Vector x) {
    using simd::multiply_add;
    using simd::splat;
    using simd::Vector;
    const Vector magic = splat(12582912.0F);  // 1.5·2^23: adding it rounds to a whole number
    const Vector lowest = splat(-87.3F);
    const Vector highest = splat(88.7F);
    const Vector clamped = simd::select(x < lowest, lowest, simd::select(x > highest, highest, x));
    const Vector shifted = multiply_add(clamped, splat(1.44269504F), magic);
    const Vector whole = shifted - magic;
    Vector r = multiply_add(whole, splat(-0.693359375F), clamped);
    r = multiply_add(whole, splat(2.12194440e-4F), r);
    const Vector p = exponential_minus_one_near_zero(r) + splat(1.0F);
    // 2^n in two factors, because 2^128 alone is out of range. `shifted` holds n in its low bits.
    const auto n = xsimd::bitwise_cast<std::int32_t>(shifted) - simd::IntVector(0x4b400000);
    const auto half = n >> 1;
    const auto power = [](simd::IntVector e) {
        return xsimd::bitwise_cast<float>((e + simd::IntVector(127)) << 23);
    };
    const Vector result = p * power(half) * power(n - half);
    const Vector overflowed =
        simd::select(x > highest, splat(std::numeric_limits<float>::infinity()), result);
    const Vector finished = simd::select(x < lowest, simd::zero(), overflowed);
    return simd::select(x != x, x, finished);
}

/// e^x - 1 to about 2 units in the last place, near 0 too.
inline simd::Vector exponential_minus_one(simd::Vector x) {
    const auto near_zero = (x < simd::splat(0.35F)) && (x > simd::splat(-0.35F));
    return simd::select(
        near_zero, exponential_minus_one_near_zero(x), exponential(x) - simd::splat(1.0F));
}

}  // namespace convoscope::kernels
