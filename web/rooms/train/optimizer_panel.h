#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The optimiser, its equation, and the numbers that steer a run. Changes count from the next batch
/// on; only the seed starts the run afresh. Returns the height it took.
float draw_optimizer_panel(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
