#pragma once

// The micro-kernel of the convolution's weight gradient: sums over cells and lanes of products of
// d_output and input, one or two weights of each of a few output channels at a time.

#include "engine/core/index.h"
#include "engine/core/window.h"

namespace convoscope::kernels {

/// Where rows of output cells meet the input under the one or two weights of a tile.
struct DotTile {
    const float* d_output = nullptr;  ///< cell 0 of the first row, first channel of the block
    const float* input = nullptr;     ///< start of the first row
    Index first_offset = 0;           ///< from `input` to what cell 0 reads; may lie before it
    Index second_offset = 0;
    IndexRange cells{};  ///< of each row
    Index rows = 0;
    Index d_output_row_step = 0;
    Index d_output_cell_step = 0;
    Index input_row_step = 0;
    Index input_cell_step = 0;
    float* d_weights = nullptr;  ///< added to: the first weight; the second is next to it
    Index d_weights_row_step = 0;
};

/// Two neighbouring weights of `block_rows` output channels. Expects: cells on the input for both.
void add_dot_pair(Index block_rows, const DotTile& tile);

/// One weight of `block_rows` output channels; `second_offset` is not looked at.
void add_dot_single(Index block_rows, const DotTile& tile);

}  // namespace convoscope::kernels
