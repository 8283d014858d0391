#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// How the learning rate goes over the run: four schedules, and the curve of the chosen one.
/// Returns its height.
float draw_schedule_panel(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
