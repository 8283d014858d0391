#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/widgets/value_grid.h"

namespace convoscope::rooms::convolve {

/// The cells of the two that the pointer is on.
struct MatrixSide {
    widgets::GridResult input;
    widgets::GridResult kernel;
};

/// Beside a matrix: the window over the input and the kernel in its colours, small, above each
/// other.
MatrixSide draw_matrix_side(Context& context, widgets::Rect side);

}  // namespace convoscope::rooms::convolve
