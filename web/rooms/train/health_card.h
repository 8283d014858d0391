#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Whether each layer learns: silent units, the gradient's length, and how far a step goes.
/// Returns its height.
float draw_health_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
