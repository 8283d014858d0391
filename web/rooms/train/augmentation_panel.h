#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// How training images are changed at random, and what becomes of the selected one. Returns its
/// height.
float draw_augmentation_panel(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
