#pragma once

#include <span>

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// Numbers of the input's pixels as light over a picture: blue what is above 0, red what is below;
/// amber where nothing is below. `strength` (0 to 1): how far the greatest hides the picture.
void draw_pixel_light(Context& context,
                      std::span<const float> map,
                      widgets::Rect picture,
                      float strength);

/// Saliency, occlusion and Grad-CAM over the picture. Returns the height it took.
float draw_why_maps(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
