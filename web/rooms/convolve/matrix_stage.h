#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// The operation as a matrix times a vector: the vector lies along the matrix's upper edge, so that
/// every column stands under what it is multiplied by, and the result at the right of its row.
/// Beside it, where there is room, the same step as window and kernel. Expects: possible, and a
/// lens that is not the window.
void draw_matrix_stage(Context& context, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
