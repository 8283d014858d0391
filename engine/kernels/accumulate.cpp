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

/// What a block starts from where it has no bias.
constexpr float kZeros[kMaxBlockRows]{};

/// sums[m] += a[m] · b for one k: kVectors loads, kRows splats, kRows·kVectors multiply-adds.
template <int kRows>
[[gnu::always_inline]] inline void add_product(Sums<kRows>& sums, const float* a, const float* b) {
    Vector b_vectors[kVectors];
    for (int v = 0; v < kVectors; ++v) {
        b_vectors[v] = simd::load(b + v * kVectorSize);
    }
    simd::keep_order();
#pragma GCC unroll 16
    for (int m = 0; m < kRows; ++m) {
        const Vector factor = simd::load_splat(a + m);
        for (int v = 0; v < kVectors; ++v) {
            sums[m][v] = simd::multiply_add(factor, b_vectors[v], sums[m][v]);
        }
        simd::keep_order();
    }
}

/// One run of `run` > 0 k's. Not unrolled: browsers do that, and hold each of its addresses in a
/// register if the loop is already written twice.
template <int kRows>
[[gnu::always_inline]] inline void add_run(Sums<kRows>& sums,
                                           const float* a,
                                           const float* b,
                                           Index run) {
#pragma GCC unroll 1
    do {
        add_product<kRows>(sums, a, b);
        a += kRows;
        b += kLanes;
        --run;
    } while (run > 0);
}

/// Not inlined: browsers compile a function anew, and well, only between calls, so the hot loop
/// must stand in a small function that is called often. Runs side by side have a function of their
/// own: each level of loops costs registers.
template <int kRows, bool kColumns>
[[gnu::noinline]] void accumulate_block(const Accumulation& work) {
    const float* const start = work.start != nullptr ? work.start : kZeros;
    const float* b_pixel = work.b;
    float* c = work.c;
    for (Index pixel = work.pixels; pixel > 0; --pixel) {
        Sums<kRows> sums;
#pragma GCC unroll 16
        for (int m = 0; m < kRows; ++m) {
            for (int v = 0; v < kVectors; ++v) {
                sums[m][v] = simd::load_splat(start + m);
            }
        }
        const float* a = work.a;
        const float* b = b_pixel;
        for (Index row = work.rows; row > 0; --row) {
            if constexpr (kColumns) {
                const float* a_column = a;
                const float* b_column = b;
                for (Index column = work.columns; column > 0; --column) {
                    add_run<kRows>(sums, a_column, b_column, work.run);
                    a_column += work.a_column_step;
                    b_column += work.b_column_step;
                }
            } else {
                add_run<kRows>(sums, a, b, work.run);
            }
            a += work.a_row_step;
            b += work.b_row_step;
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

template <bool kColumns, int... kRows>
constexpr std::array<BlockFunction, sizeof...(kRows)> block_functions(
    std::integer_sequence<int, kRows...>) {
    return {&accumulate_block<kRows + 1, kColumns>...};
}

using BlockRows = std::make_integer_sequence<int, static_cast<int>(kMaxBlockRows)>;
constexpr auto kRunFunctions = block_functions<false>(BlockRows{});
constexpr auto kColumnFunctions = block_functions<true>(BlockRows{});

}  // namespace

void accumulate(Index block_rows, const Accumulation& work) {
    CONVOSCOPE_CHECK(block_rows >= 1 && block_rows <= kMaxBlockRows);
    const auto& functions = work.columns == 1 ? kRunFunctions : kColumnFunctions;
    functions[static_cast<std::size_t>(block_rows - 1)](work);
}

}  // namespace convoscope::kernels
