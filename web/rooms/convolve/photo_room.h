#pragma once

#include "web/rooms/convolve/convolve_context.h"
#include "web/rooms/convolve/photo_pictures.h"

namespace convoscope::rooms::convolve {

/// The room with a real picture, right of the panel.
void draw_photo_column(Context& context, const PhotoPictures& pictures, widgets::Rect stage);

/// The same on a phone, from the switch of scenes down to the products. Returns the height.
float draw_phone_photo(Context& context, const PhotoPictures& pictures, widgets::Rect column);

}  // namespace convoscope::rooms::convolve
