#pragma once

// The micro-kernel under convolutions and linear layers: a small block of outputs is summed wholly
// in registers and stored once. It knows pointers and strides, not what is multiplied: the drivers
// (gather.h, linear_backward_weights.h) do.

#include <algorithm>
#include <ranges>

#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

/// Most rows of a block. WebAssembly engines leave 15 of x86's 16 registers: 6 rows of two vectors
/// are 12 sums, which hide the latency of the multiply-add, plus 2 operands and 1 splat; where
/// multiply-add is two instructions, its product wants one more. AVX-512 has 32 registers and one
/// vector a row.
inline constexpr Index kMaxBlockRowsOfTwoVectors = simd::kFusedMultiplyAdd ? 6 : 5;
inline constexpr Index kMaxBlockRows = simd::kVectors == 1 ? 12 : kMaxBlockRowsOfTwoVectors;

/// A few neighbouring output channels, computed together.
struct RowBlock {
    Index begin = 0;
    Index rows = 0;
};

/// Splits rows [begin, end) into the fewest blocks, of near-equal size (of 6 at most: 16 = 6+5+5,
/// 10 = 5+5).
[[nodiscard]] inline auto split_rows(Index begin, Index end) {
    const Index blocks = (end - begin + kMaxBlockRows - 1) / kMaxBlockRows;
    const Index rows = blocks > 0 ? (end - begin) / blocks : 0;
    const Index larger = blocks > 0 ? (end - begin) % blocks : 0;
    return std::views::iota(Index{0}, blocks) | std::views::transform([=](Index block) {
               return RowBlock{.begin = begin + block * rows + std::min(block, larger),
                               .rows = rows + (block < larger ? 1 : 0)};
           });
}

/// For each of `pixels` positions and each row m of a block:
///
///     c[m][lane] = start[m] + sum over (row, column, k) a[row][column][k][m] ·
///     b[row][column][k][lane]
///
/// All steps are in floats. `a` lies `[k][block row]` and `b` `[k][lane]`, both without gaps
/// within one run of `run` k's.
struct Accumulation {
    const float* a = nullptr;
    const float* b = nullptr;
    const float* start = nullptr;  ///< one number a block row; null: zeros
    float* c = nullptr;            ///< overwritten
    Index rows = 1;
    Index columns = 1;
    Index run = 0;
    Index a_row_step = 0;
    Index a_column_step = 0;
    Index b_row_step = 0;
    Index b_column_step = 0;
    Index pixels = 1;
    Index b_pixel_step = 0;
    Index c_pixel_step = 0;
    Index c_row_step = kLanes;  ///< from one block row to the next
};

/// Expects: 1 <= block_rows <= kMaxBlockRows; run, columns and pixels > 0; `c` overlaps no operand.
void accumulate(Index block_rows, const Accumulation& work);

}  // namespace convoscope::kernels
