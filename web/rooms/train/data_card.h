#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Pictures of the training set, the three splits, and how much of them has arrived. A click on a
/// picture sends it through the network. Returns the height it took.
float draw_data_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
