#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/stage_layout.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// The kernel in its amber card with the bias as a pill beneath, backwards the gradients of both;
/// for pooling, what is done with the window. Returns the cell under the pointer.
widgets::GridResult draw_kernel_card(Context& context,
                                     const StageLayout& layout,
                                     const widgets::CellOf& cell);

}  // namespace convoscope::rooms::convolve
