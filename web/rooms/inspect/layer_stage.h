#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// One layer, opened: all its maps or numbers, and the chosen one as the sum that made it. As large
/// as fits into `rect`. Expects: a layer is opened, and its numbers are there.
void draw_layer(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::inspect
