#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Height of the card in a column of this width; 0 while nothing has gone out of bounds.
[[nodiscard]] float watchdog_card_height(Context& context, float width);

/// Training has stopped before a step that could not be made: why, and the way back.
void draw_watchdog_card(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
