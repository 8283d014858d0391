#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Accuracy on the test set, which is read when the reader asks: once, or at the end of each epoch.
void draw_test_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
