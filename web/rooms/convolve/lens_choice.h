#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Window, matrix or im2col. `where`: the whole control.
void draw_lens_choice(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::convolve
