#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// What is mistaken for what, with recall and precision of each class.
void draw_confusion_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
