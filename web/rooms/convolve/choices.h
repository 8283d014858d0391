#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Kernels, pictures and the guide's cases to choose from, down a column. Returns its height.
float draw_choices(Context& context, widgets::Rect column);

}  // namespace convoscope::rooms::convolve
