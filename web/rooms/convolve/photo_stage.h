#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/photo_pictures.h"

namespace convoscope::rooms::convolve {

/// The context in which the window under the lens is told; the room's own where there is none.
[[nodiscard]] Context photo_detail(const Context& context);

/// A real picture, the kernel and what it makes of it. Pointing at either picture moves the lens:
/// the window, its output, and the beam between them.
void draw_photo_stage(Context& context, const PhotoPictures& pictures, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
