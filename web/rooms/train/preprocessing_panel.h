#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// How pixels become the network's input: the choice, and the selected picture before and after it.
/// Returns its height.
float draw_preprocessing_panel(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
