#pragma once

#include <cmath>
#include <limits>

#include "engine/kernels/exponential.h"
#include "engine/kernels/logarithm.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

/// base^exponent = e^(exponent · ln base), as `std::pow` sees zeros and negative bases. Relative
/// error about 1e-7 · |exponent · ln base|.
inline simd::Vector power(simd::Vector base, float exponent) {
    using simd::splat;
    using simd::Vector;
    if (exponent == 0.0F) {
        return splat(1.0F);
    }
    const Vector magnitude = simd::select(base < simd::zero(), simd::zero() - base, base);
    const Vector result = exponential(splat(exponent) * logarithm(magnitude));
    // Of negative numbers only whole powers exist; odd ones are negative.
    const bool whole = exponent == std::floor(exponent);
    const bool odd = whole && std::fmod(exponent, 2.0F) != 0.0F;
    Vector of_negative = odd ? simd::zero() - result : result;
    if (!whole) {
        of_negative = splat(std::numeric_limits<float>::quiet_NaN());
    }
    return simd::select(base < simd::zero(), of_negative, result);
}

}  // namespace convoscope::kernels
