#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Input, kernel and output as volumes that can be turned: by dragging, the arrow keys, the wheel
/// and two fingers. Expects: possible.
void draw_volume_stage(Context& context, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
