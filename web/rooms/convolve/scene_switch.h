#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// What is looked at: cells with numbers, or a real picture.
void draw_scene_switch(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::convolve
