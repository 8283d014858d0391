#pragma once

// The micro-kernel of the convolution's weight gradient: sums over cells and lanes of products of
// d_output and input, one or two weights of each of a few output channels at a time.

#include "engine/core/index.h"

namespace convoscope::kernels {

/// Where one row of output cells meets the input under the two weights of a tile. Cells
/// [first_begin, first_end) count for the first weight only, [both_begin, both_end) for both,
/// [second_begin, second_end) for the second only: padding cuts the two differently.
struct DotTile {
    const float* d_output = nullptr;  ///< cell 0 of the first row, first channel of the block
    const float* input = nullptr;     ///< start of the first row
    Index first_offset = 0;           ///< from `input` to what cell 0 reads; may lie before it
    Index second_offset = 0;
    Index first_begin = 0;
    Index first_end = 0;
    Index both_begin = 0;
    Index both_end = 0;
    Index second_begin = 0;
    Index second_end = 0;
    Index rows = 0;
    Index d_output_row_step = 0;
    Index d_output_cell_step = 0;
    Index input_row_step = 0;
    Index input_cell_step = 0;
    float* d_weights = nullptr;  ///< added to: the first weight; the second is next to it
    Index d_weights_row_step = 0;
};

/// Two neighbouring weights of `block_rows` output channels.
void add_dot_pair(Index block_rows, const DotTile& tile);

/// One weight of `block_rows` output channels; the tile's "both" and "second" are not looked at.
void add_dot_single(Index block_rows, const DotTile& tile);

}  // namespace convoscope::kernels
