#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/stage_cells.h"
#include "web/rooms/convolve/stage_layout.h"

namespace convoscope::rooms::convolve {

/// The kernel in its amber card with the bias as a pill beneath; for pooling, what is done with the
/// window. Returns the cell under the pointer.
widgets::GridResult draw_kernel_card(Context& context,
                                     const StageLayout& layout,
                                     const StageCells& cells);

}  // namespace convoscope::rooms::convolve
