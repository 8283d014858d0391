#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/photo_pictures.h"

namespace convoscope::rooms::convolve {

/// The room on the page without navigation and bar; the page's width decides between three layouts.
void draw_convolve_room(Context& context, const PhotoPictures& pictures, widgets::Rect stage);

}  // namespace convoscope::rooms::convolve
