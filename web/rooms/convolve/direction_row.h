#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Forward or backward; backwards also what the error is. Returns its height.
float draw_direction(Context& context, widgets::Rect column);

}  // namespace convoscope::rooms::convolve
