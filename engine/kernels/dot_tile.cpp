#include "engine/kernels/dot_tile.h"

#include <array>
#include <utility>

#include "engine/core/check.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::kVectorSize;
using simd::Vector;

template <int kRows>
using Sums = Vector[kRows];

/// All sums start at zero and go to memory once; lanes are added up at the very end.
template <int kRows>
[[gnu::always_inline]] inline void clear(Sums<kRows>& sums) {
#pragma GCC unroll 16
    for (int m = 0; m < kRows; ++m) {
        sums[m] = simd::zero();
    }
}

template <int kRows>
[[gnu::always_inline]] inline void add_to_weights(const Sums<kRows>& sums,
                                                  float* d_weights,
                                                  Index row_step) {
#pragma GCC unroll 16
    for (int m = 0; m < kRows; ++m) {
        d_weights[m * row_step] += simd::sum(sums[m]);
    }
}

// One vector of the lanes at a time: a body of two, of 24 multiply-adds, makes browsers run out of
// registers.

/// Not inlined and without a second inner loop, for the same reason.
template <int kRows>
[[gnu::noinline]] void dot_pair(const DotTile& tile) {
    Sums<kRows> first;
    Sums<kRows> second;
    clear<kRows>(first);
    clear<kRows>(second);
    const float* y_row = tile.d_output + tile.cells.begin * tile.d_output_cell_step;
    const float* x_row = tile.input + (tile.first_offset + tile.cells.begin * tile.input_cell_step);
    const Index to_second = tile.second_offset - tile.first_offset;
    for (Index row = tile.rows; row > 0; --row) {
#pragma GCC unroll 1
        for (Index v = 0; v < kLanes; v += kVectorSize) {
            const float* x = x_row + v;
            const float* other = x + to_second;
            const float* y = y_row + v;
#pragma GCC unroll 1
            for (Index left = tile.cells.count(); left > 0; --left) {
                const Vector x_first = simd::load(x);
                const Vector x_second = simd::load(other);
                simd::keep_order();
#pragma GCC unroll 16
                for (int m = 0; m < kRows; ++m) {
                    const Vector factor = simd::load(y + m * kLanes);
                    first[m] = simd::multiply_add(factor, x_first, first[m]);
                    second[m] = simd::multiply_add(factor, x_second, second[m]);
                    simd::keep_order();
                }
                x += tile.input_cell_step;
                other += tile.input_cell_step;
                y += tile.d_output_cell_step;
            }
        }
        y_row += tile.d_output_row_step;
        x_row += tile.input_row_step;
    }
    add_to_weights<kRows>(first, tile.d_weights, tile.d_weights_row_step);
    add_to_weights<kRows>(second, tile.d_weights + 1, tile.d_weights_row_step);
}

template <int kRows>
[[gnu::noinline]] void dot_single(const DotTile& tile) {
    Sums<kRows> sums;
    clear<kRows>(sums);
    const float* y_row = tile.d_output + tile.cells.begin * tile.d_output_cell_step;
    const float* x_row = tile.input + (tile.first_offset + tile.cells.begin * tile.input_cell_step);
    for (Index row = tile.rows; row > 0; --row) {
#pragma GCC unroll 1
        for (Index v = 0; v < kLanes; v += kVectorSize) {
            const float* x = x_row + v;
            const float* y = y_row + v;
#pragma GCC unroll 1
            for (Index left = tile.cells.count(); left > 0; --left) {
                const Vector x_vector = simd::load(x);
                simd::keep_order();
#pragma GCC unroll 16
                for (int m = 0; m < kRows; ++m) {
                    sums[m] = simd::multiply_add(simd::load(y + m * kLanes), x_vector, sums[m]);
                    simd::keep_order();
                }
                x += tile.input_cell_step;
                y += tile.d_output_cell_step;
            }
        }
        y_row += tile.d_output_row_step;
        x_row += tile.input_row_step;
    }
    add_to_weights<kRows>(sums, tile.d_weights, tile.d_weights_row_step);
}

using TileFunction = void (*)(const DotTile&);
using Rows = std::make_integer_sequence<int, static_cast<int>(kMaxBlockRows)>;

template <int... kRows>
constexpr std::array<TileFunction, sizeof...(kRows)> pair_functions(
    std::integer_sequence<int, kRows...>) {
    return {&dot_pair<kRows + 1>...};
}

template <int... kRows>
constexpr std::array<TileFunction, sizeof...(kRows)> single_functions(
    std::integer_sequence<int, kRows...>) {
    return {&dot_single<kRows + 1>...};
}

constexpr auto kPairFunctions = pair_functions(Rows{});
constexpr auto kSingleFunctions = single_functions(Rows{});

}  // namespace

void add_dot_pair(Index block_rows, const DotTile& tile) {
    CONVOSCOPE_CHECK(block_rows >= 1 && block_rows <= kMaxBlockRows);
    kPairFunctions[static_cast<std::size_t>(block_rows - 1)](tile);
}

void add_dot_single(Index block_rows, const DotTile& tile) {
    CONVOSCOPE_CHECK(block_rows >= 1 && block_rows <= kMaxBlockRows);
    kSingleFunctions[static_cast<std::size_t>(block_rows - 1)](tile);
}

}  // namespace convoscope::kernels
