#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// One training step taken apart, part by part, in place of the curves. Returns the height.
float draw_slow_motion(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
