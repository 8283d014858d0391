#include "engine/kernels/accumulate.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/core/check.h"

namespace convoscope::kernels {
namespace {

using simd::kVectors;
using simd::kVectorSize;
using simd::Vector;

template <int kRows>
using Sums = Vector[kRows][kVectors];

/// sums[m] += a[m] · b for one k: kVectors loads, kRows splats, kRows·kVectors multiply-adds.
template <int kRows>
[[gnu::always_inline]] inline void add_product(Sums<kRows>& sums, const float* a, const float* b) {
    Vector b_vectors[kVectors];
    for (int v = 0; v < kVectors; ++v) {
        b_vectors[v] = simd::load(b + v * kVectorSize);
    }
#pragma GCC unroll 16
    for (int m = 0; m < kRows; ++m) {
        const Vector factor = simd::load_splat(a + m);
        for (int v = 0; v < kVectors; ++v) {
            sums[m][v] = simd::multiply_add(factor, b_vectors[v], sums[m][v]);
        }
    }
}

/// Not inlined: browsers compile a function anew, and well, only between calls, so the hot loop
/// must stand in a small function that is called often.
template <int kRows>
[[gnu::noinline]] void accumulate_block(const Accumulation& work) {
    const float* b_pixel = work.b;
    float* c = work.c;
    for (Index pixel = 0; pixel < work.pixels; ++pixel) {
        Sums<kRows> sums;
#pragma GCC unroll 16
        for (int m = 0; m < kRows; ++m) {
            for (int v = 0; v < kVectors; ++v) {
                sums[m][v] =
                    work.start != nullptr ? simd::load_splat(work.start + m) : simd::zero();
            }
        }
        const float* a_row = work.a;
        const float* b_row = b_pixel;
        for (Index row = 0; row < work.rows; ++row) {
            const float* a_column = a_row;
            const float* b_column = b_row;
            for (Index column = 0; column < work.columns; ++column) {
                const float* a = a_column;
                const float* b = b_column;
                Index left = work.run;
                for (; left >= 2; left -= 2) {
                    add_product<kRows>(sums, a, b);
                    add_product<kRows>(sums, a + kRows, b + kLanes);
                    a += 2 * kRows;
                    b += 2 * kLanes;
                }
                if (left > 0) {
                    add_product<kRows>(sums, a, b);
                }
                a_column += work.a_column_step;
                b_column += work.b_column_step;
            }
            a_row += work.a_row_step;
            b_row += work.b_row_step;
        }
        float* c_row = c;
#pragma GCC unroll 16
        for (int m = 0; m < kRows; ++m) {
            for (int v = 0; v < kVectors; ++v) {
                simd::store(c_row + v * kVectorSize, sums[m][v]);
            }
            c_row += work.c_row_step;
        }
        b_pixel += work.b_pixel_step;
        c += work.c_pixel_step;
    }
}

using BlockFunction = void (*)(const Accumulation&);

template <int... kRows>
constexpr std::array<BlockFunction, sizeof...(kRows)> block_functions(
    std::integer_sequence<int, kRows...>) {
    return {&accumulate_block<kRows + 1>...};
}

constexpr auto kBlockFunctions =
    block_functions(std::make_integer_sequence<int, static_cast<int>(kMaxBlockRows)>{});

}  // namespace

void accumulate(Index block_rows, const Accumulation& work) {
    CONVOSCOPE_CHECK(block_rows >= 1 && block_rows <= kMaxBlockRows);
    kBlockFunctions[static_cast<std::size_t>(block_rows - 1)](work);
}

}  // namespace convoscope::kernels
