#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/lit_cells.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// A place of the kernel in its own colour, with its number out of `numbers`: the weights, or their
/// gradients (planes of kernel rows x columns). Pooling has none; an average says its share.
[[nodiscard]] widgets::Cell kernel_cell(const Context& context,
                                        const StageLayout& layout,
                                        const model::NumberGrid& numbers,
                                        const LitCells& lit,
                                        int row,
                                        int column);

}  // namespace convoscope::rooms::convolve
