#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Input, the kernel that learns, and output − target = difference. Expects: possible, learns.
void draw_learning_stage(Context& context, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
