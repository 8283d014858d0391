#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// What the network reads: each class with its logit and its share of the softmax.
void draw_reading(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::inspect
