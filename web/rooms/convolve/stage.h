#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Input with its padding, window, kernel, beam and the output filling in; whatever the pointer is
/// on lights up with everything that it meets. Expects: possible.
void draw_stage(Context& context, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
