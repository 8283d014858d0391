#pragma once

#include "engine/kernels/exponential.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

/// The standard normal distribution at x.
struct NormalDistribution {
    simd::Vector cumulative;  ///< Φ(x) = (1 + erf(x/√2)) / 2, to 1e-7
    simd::Vector density;     ///< φ(x) = e^(-x²/2) / √(2π)
};

/// Source: Abramowitz, Stegun, "Handbook of Mathematical Functions", 7.1.26:
/// 1 - erf(z) ≈ (a1·t + … + a5·t⁵)·e^(-z²) with t = 1/(1 + 0.3275911·z), z >= 0.
inline NormalDistribution normal_distribution(simd::Vector x) {
    using simd::multiply_add;
    using simd::splat;
    using simd::Vector;
    constexpr float kSqrtHalf = 0.70710678118F;
    constexpr float kInverseSqrtTwoPi = 0.39894228040F;
    const Vector magnitude = simd::select(x < simd::zero(), simd::zero() - x, x);
    const Vector bell = exponential(splat(-0.5F) * x * x);
    const Vector t =
        splat(1.0F) / multiply_add(magnitude, splat(0.3275911F * kSqrtHalf), splat(1.0F));
    Vector p = splat(1.061405429F);
    p = multiply_add(p, t, splat(-1.453152027F));
    p = multiply_add(p, t, splat(1.421413741F));
    p = multiply_add(p, t, splat(-0.284496736F));
    p = multiply_add(p, t, splat(0.254829592F));
    const Vector tail = splat(0.5F) * p * t * bell;
    return {.cumulative = simd::select(x < simd::zero(), tail, splat(1.0F) - tail),
            .density = splat(kInverseSqrtTwoPi) * bell};
}

}  // namespace convoscope::kernels
