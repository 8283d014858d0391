#pragma once

// Natural logarithms and powers for whole vectors, the same to the last bit wherever multiply-add
// is.

#include <cstdint>
#include <limits>

#include "engine/kernels/exponential.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

/// ln(1 + u) for u from 0 to 1: 2·artanh(s) with s = u/(2 + u), its series up to s^15.
inline simd::Vector logarithm_of_one_plus(simd::Vector u) {
    using simd::multiply_add;
    using simd::splat;
    const simd::Vector s = u / (splat(2.0F) + u);
    const simd::Vector square = s * s;
    simd::Vector p = splat(1.0F / 15.0F);
    p = multiply_add(p, square, splat(1.0F / 13.0F));
    p = multiply_add(p, square, splat(1.0F / 11.0F));
    p = multiply_add(p, square, splat(1.0F / 9.0F));
    p = multiply_add(p, square, splat(1.0F / 7.0F));
    p = multiply_add(p, square, splat(1.0F / 5.0F));
    p = multiply_add(p, square, splat(1.0F / 3.0F));
    const simd::Vector twice = s + s;
    return multiply_add(p * square, twice, twice);
}

/// ln(x) to about 2 units in the last place; -infinity of 0, NaN of negative numbers and of NaN.
/// x = 2^n · m with m from √½ to √2, and ln(m) = 2·artanh((m - 1)/(m + 1)).
inline simd::Vector logarithm(simd::Vector x) {
    using simd::IntVector;
    using simd::multiply_add;
    using simd::splat;
    using simd::Vector;
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    // Numbers too small for a leading 1 get one.
    const auto tiny = x < splat(std::numeric_limits<float>::min());
    const Vector normal = simd::select(tiny, x * splat(0x1p24F), x);
    const auto bits = xsimd::bitwise_cast<std::int32_t>(normal);
    const IntVector n = (bits - IntVector(0x3f3504f3)) >> 23;  // √½
    const Vector m = xsimd::bitwise_cast<float>(bits - (n << 23));
    // As in exponential(): 1.5·2^23 + n, whose low bits are n.
    const Vector whole = xsimd::bitwise_cast<float>(n + IntVector(0x4b400000)) - splat(12582912.0F);
    const Vector exponent = simd::select(tiny, whole - splat(24.0F), whole);

    const Vector s = (m - splat(1.0F)) / (m + splat(1.0F));
    const Vector square = s * s;
    Vector p = splat(1.0F / 9.0F);
    p = multiply_add(p, square, splat(1.0F / 7.0F));
    p = multiply_add(p, square, splat(1.0F / 5.0F));
    p = multiply_add(p, square, splat(1.0F / 3.0F));
    const Vector twice = s + s;
    const Vector rest = multiply_add(p * square, twice, twice);
    // ln 2 in two parts, as in exponential().
    const Vector low = multiply_add(exponent, splat(-2.12194440e-4F), rest);
    const Vector result = multiply_add(exponent, splat(0.693359375F), low);

    const Vector positive = simd::select(x == splat(kInfinity), x, result);
    const Vector not_negative = simd::select(x == simd::zero(), splat(-kInfinity), positive);
    const auto undefined = (x < simd::zero()) || (x != x);
    return simd::select(undefined, splat(std::numeric_limits<float>::quiet_NaN()), not_negative);
}

}  // namespace convoscope::kernels
