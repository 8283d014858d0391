#pragma once

// The two curves that saturate, for whole vectors.

#include "engine/kernels/exponential.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

/// 1 / (1 + e^-x).
inline simd::Vector sigmoid(simd::Vector x) {
    return simd::splat(1.0F) / (simd::splat(1.0F) + exponential(simd::zero() - x));
}

/// tanh(x) to about 2 units in the last place.
/// Source: Cephes tanhf (Moshier): an odd polynomial below 0.625, else 1 - 2/(e^2|x| + 1).
inline simd::Vector hyperbolic_tangent(simd::Vector x) {
    using simd::multiply_add;
    using simd::splat;
    using simd::Vector;
    const Vector square = x * x;
    Vector p = splat(-5.70498872745e-3F);
    p = multiply_add(p, square, splat(2.06390887954e-2F));
    p = multiply_add(p, square, splat(-5.37397155531e-2F));
    p = multiply_add(p, square, splat(1.33314422036e-1F));
    p = multiply_add(p, square, splat(-3.33332819422e-1F));
    const Vector near_zero = multiply_add(p * square, x, x);
    const Vector magnitude = simd::select(x < simd::zero(), simd::zero() - x, x);
    const Vector far =
        splat(1.0F) - splat(2.0F) / (exponential(magnitude + magnitude) + splat(1.0F));
    const Vector signed_far = simd::select(x < simd::zero(), simd::zero() - far, far);
    return simd::select(magnitude < splat(0.625F), near_zero, signed_far);
}

}  // namespace convoscope::kernels
