#pragma once

// The transforms of Winograd's minimal filtering F(4×4, 3×3): 16 outputs of a 3×3 kernel come from
// a patch of 6×6 inputs with 36 multiplications instead of 144.
//
//     output = A^T [ (G kernel G^T) ⊙ (B^T patch B) ] A
//
// S. Winograd, "Arithmetic Complexity of Computations", 1980; for networks A. Lavin and S. Gray,
// "Fast Algorithms for Convolutional Neural Networks", arXiv:1509.09308. The kernel and the patch
// are polynomials that are multiplied at six points. Those of Lavin and Gray, 0, ±1, ±2 and
// infinity, lose four times as much to rounding as a sum of products does; 0, ±√½, ±√2 and infinity
// lose twice as much, as all powers of them are near one.
//
// The gradient by the kernel uses the same matrices the other way round:
//
//     d_kernel = G^T [ (A d_output A^T) ⊙ (B^T patch B) ] G

#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels::winograd {

inline constexpr Index kKernel = 3;
inline constexpr Index kTile = 4;                      ///< outputs of a tile, a side
inline constexpr Index kPatch = kTile + kKernel - 1;   ///< inputs of a tile, a side
inline constexpr Index kComponents = kPatch * kPatch;  ///< multiplications of a tile

using simd::multiply_add;
using simd::splat;
using simd::Vector;

inline constexpr float kNearPoint = 0.70710678F;  ///< √½
inline constexpr float kFarPoint = 1.41421356F;   ///< √2

/// One line of B^T patch.
[[gnu::always_inline]] inline void patch_line(const Vector (&in)[kPatch], Vector (&out)[kPatch]) {
    const Vector near_even = multiply_add(splat(-2.0F), in[2], in[4]);
    const Vector near_odd = multiply_add(splat(-2.0F), in[1], in[3]);
    const Vector far_even = multiply_add(splat(-0.5F), in[2], in[4]);
    const Vector far_odd = multiply_add(splat(-0.5F), in[1], in[3]);
    out[0] = multiply_add(splat(-2.5F), in[2], in[0] + in[4]);
    out[1] = multiply_add(splat(kNearPoint), near_odd, near_even);
    out[2] = multiply_add(splat(-kNearPoint), near_odd, near_even);
    out[3] = multiply_add(splat(kFarPoint), far_odd, far_even);
    out[4] = multiply_add(splat(-kFarPoint), far_odd, far_even);
    out[5] = multiply_add(splat(-2.5F), in[3], in[1] + in[5]);
}

/// One line of G kernel.
[[gnu::always_inline]] inline void kernel_line(const Vector (&in)[kKernel], Vector (&out)[kPatch]) {
    const Vector near_even = multiply_add(splat(0.5F), in[2], in[0]) * splat(-2.0F / 3.0F);
    const Vector near_odd = in[1] * splat(-2.0F / 3.0F * kNearPoint);
    const Vector far_even = multiply_add(splat(2.0F), in[2], in[0]) * splat(1.0F / 6.0F);
    const Vector far_odd = in[1] * splat(kFarPoint / 6.0F);
    out[0] = in[0];
    out[1] = near_even + near_odd;
    out[2] = near_even - near_odd;
    out[3] = far_even + far_odd;
    out[4] = far_even - far_odd;
    out[5] = in[2];
}

/// One line of A^T product.
[[gnu::always_inline]] inline void output_line(const Vector (&in)[kPatch], Vector (&out)[kTile]) {
    const Vector near_even = in[1] + in[2];
    const Vector near_odd = (in[1] - in[2]) * splat(kNearPoint);
    const Vector far_even = in[3] + in[4];
    const Vector far_odd = (in[3] - in[4]) * splat(kFarPoint);
    out[0] = in[0] + near_even + far_even;
    out[1] = near_odd + far_odd;
    out[2] = multiply_add(splat(2.0F), far_even, near_even * splat(0.5F));
    out[3] = multiply_add(splat(2.0F), far_odd, multiply_add(splat(0.5F), near_odd, in[5]));
}

/// One line of A d_output.
[[gnu::always_inline]] inline void d_output_line(const Vector (&in)[kTile], Vector (&out)[kPatch]) {
    const Vector near_even = multiply_add(splat(0.5F), in[2], in[0]);
    const Vector near_odd = multiply_add(splat(0.5F), in[3], in[1]);
    const Vector far_even = multiply_add(splat(2.0F), in[2], in[0]);
    const Vector far_odd = multiply_add(splat(2.0F), in[3], in[1]);
    out[0] = in[0];
    out[1] = multiply_add(splat(kNearPoint), near_odd, near_even);
    out[2] = multiply_add(splat(-kNearPoint), near_odd, near_even);
    out[3] = multiply_add(splat(kFarPoint), far_odd, far_even);
    out[4] = multiply_add(splat(-kFarPoint), far_odd, far_even);
    out[5] = in[3];
}

/// One line of G^T product.
[[gnu::always_inline]] inline void d_kernel_line(const Vector (&in)[kPatch],
                                                 Vector (&out)[kKernel]) {
    const Vector near_even = (in[1] + in[2]) * splat(-2.0F / 3.0F);
    const Vector near_odd = (in[1] - in[2]) * splat(-2.0F / 3.0F * kNearPoint);
    const Vector far_even = (in[3] + in[4]) * splat(1.0F / 6.0F);
    out[0] = in[0] + near_even + far_even;
    out[1] = multiply_add(splat(kFarPoint / 6.0F), in[3] - in[4], near_odd);
    out[2] = multiply_add(splat(2.0F), far_even, multiply_add(splat(0.5F), near_even, in[5]));
}

/// Applies `line` to the columns of a square of kFrom×kFrom vectors and then to the rows of what
/// came out: `load(row, column)` gives the square, `store(row, column, value)` takes the kTo×kTo.
template <Index kFrom, Index kTo, class Line, class Load, class Store>
[[gnu::always_inline]] inline void transform_square(const Line& line,
                                                    const Load& load,
                                                    const Store& store) {
    Vector half[kTo][kFrom];
#pragma GCC unroll 6
    for (Index column = 0; column < kFrom; ++column) {
        Vector from[kFrom];
        Vector to[kTo];
#pragma GCC unroll 6
        for (Index row = 0; row < kFrom; ++row) {
            from[row] = load(row, column);
        }
        line(from, to);
#pragma GCC unroll 6
        for (Index row = 0; row < kTo; ++row) {
            half[row][column] = to[row];
        }
    }
#pragma GCC unroll 6
    for (Index row = 0; row < kTo; ++row) {
        Vector to[kTo];
        line(half[row], to);
#pragma GCC unroll 6
        for (Index column = 0; column < kTo; ++column) {
            store(row, column, to[column]);
        }
    }
}

}  // namespace convoscope::kernels::winograd
