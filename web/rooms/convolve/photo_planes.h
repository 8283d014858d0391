#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Of a picture in colour: the sums of red, green and blue under the lens, of which one is chosen
/// to be taken apart.
void draw_photo_planes(Context& context, widgets::Rect row);

}  // namespace convoscope::rooms::convolve
