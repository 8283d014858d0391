#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/stage_layout.h"

namespace convoscope::rooms::convolve {

/// The light from the window through the kernel onto the output cell: over fills, under numbers.
void draw_beam(Context& context,
               const StageLayout& layout,
               widgets::Rect window,
               widgets::Rect output_cell);

}  // namespace convoscope::rooms::convolve
