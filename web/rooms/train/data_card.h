#pragma once

#include <string>

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Pictures of the training set, the three splits, and how much of them has arrived. A click on a
/// picture sends it through the network. Returns the height it took.
float draw_data_card(Context& context, widgets::Rect where);

/// How far the loading is, in as many words as there is room for, in the smallest letters.
[[nodiscard]] std::string loading_text(const Context& context, float room);

}  // namespace convoscope::rooms::train
