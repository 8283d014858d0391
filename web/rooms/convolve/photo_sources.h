#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/photo_pictures.h"

namespace convoscope::rooms::convolve {

/// Which real picture: rings, the camera, a file, or one of the data set. Returns the height.
float draw_photo_sources(Context& context, const PhotoPictures& pictures, widgets::Rect column);

/// Its size, its colours, and how the output is shown. Returns the height.
float draw_photo_choices(Context& context, widgets::Rect column);

}  // namespace convoscope::rooms::convolve
