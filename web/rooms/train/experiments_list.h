#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// All experiments, each with a sentence and the button that runs it. Returns the height.
float draw_experiments_list(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
