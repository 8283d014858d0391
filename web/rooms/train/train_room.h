#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The room where a network learns: `stage` is the page without rail and bars. The width of the
/// whole page decides between three layouts.
void draw_train_room(Context& context, widgets::Rect stage, float page_width);

}  // namespace convoscope::rooms::train
