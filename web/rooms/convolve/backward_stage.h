#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// The stage read from right to left: the error at the output, and the gradients of kernel and
/// input that come of it; the window lies on all outputs that the current pixel fed. Expects:
/// possible, and backwards.
void draw_backward_stage(Context& context, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
