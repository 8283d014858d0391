#include "engine/kernels/dot_tile.h"

#include <array>
#include <utility>

#include "engine/core/check.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::kVectors;
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

/// Cells [begin, end) of one row for one weight.
template <int kRows>
[[gnu::always_inline]] inline void add_cells(const DotTile& tile,
                                             const float* d_output_row,
                                             const float* input_row,
                                             Index offset,
                                             Index begin,
                                             Index end,
                                             Sums<kRows>& sums) {
    for (Index cell = begin; cell < end; ++cell) {
        const float* x = input_row + (offset + cell * tile.input_cell_step);
        const float* y = d_output_row + cell * tile.d_output_cell_step;
        for (int v = 0; v < kVectors; ++v) {
            const Vector x_vector = simd::load(x + v * kVectorSize);
            simd::keep_order();
#pragma GCC unroll 16
            for (int m = 0; m < kRows; ++m) {
                sums[m] = simd::multiply_add(
                    simd::load(y + m * kLanes + v * kVectorSize), x_vector, sums[m]);
                simd::keep_order();
            }
        }
    }
}

template <int kRows>
[[gnu::noinline]] void dot_single(const DotTile& tile) {
    Sums<kRows> sums;
    clear<kRows>(sums);
    const float* d_output = tile.d_output;
    const float* input = tile.input;
    for (Index row = 0; row < tile.rows; ++row) {
        add_cells<kRows>(
            tile, d_output, input, tile.first_offset, tile.first_begin, tile.first_end, sums);
        d_output += tile.d_output_row_step;
        input += tile.input_row_step;
    }
    add_to_weights<kRows>(sums, tile.d_weights, tile.d_weights_row_step);
}

template <int kRows>
[[gnu::noinline]] void dot_pair(const DotTile& tile) {
    Sums<kRows> first;
    Sums<kRows> second;
    clear<kRows>(first);
    clear<kRows>(second);
    const float* d_output = tile.d_output;
    const float* input = tile.input;
    for (Index row = 0; row < tile.rows; ++row) {
        add_cells<kRows>(
            tile, d_output, input, tile.first_offset, tile.first_begin, tile.first_end, first);
        add_cells<kRows>(
            tile, d_output, input, tile.second_offset, tile.second_begin, tile.second_end, second);
        if (tile.both_begin < tile.both_end) {
            const float* x = input + (tile.first_offset + tile.both_begin * tile.input_cell_step);
            const float* other =
                input + (tile.second_offset + tile.both_begin * tile.input_cell_step);
            const float* y = d_output + tile.both_begin * tile.d_output_cell_step;
            Index left = tile.both_end - tile.both_begin;
#pragma GCC unroll 1
            do {
#pragma GCC unroll 2
                for (int v = 0; v < kVectors; ++v) {
                    const Vector x_first = simd::load(x + v * kVectorSize);
                    const Vector x_second = simd::load(other + v * kVectorSize);
                    simd::keep_order();
#pragma GCC unroll 16
                    for (int m = 0; m < kRows; ++m) {
                        const Vector factor = simd::load(y + m * kLanes + v * kVectorSize);
                        first[m] = simd::multiply_add(factor, x_first, first[m]);
                        second[m] = simd::multiply_add(factor, x_second, second[m]);
                        simd::keep_order();
                    }
                }
                x += tile.input_cell_step;
                other += tile.input_cell_step;
                y += tile.d_output_cell_step;
                --left;
            } while (left > 0);
        }
        d_output += tile.d_output_row_step;
        input += tile.input_row_step;
    }
    add_to_weights<kRows>(first, tile.d_weights, tile.d_weights_row_step);
    add_to_weights<kRows>(second, tile.d_weights + 1, tile.d_weights_row_step);
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
