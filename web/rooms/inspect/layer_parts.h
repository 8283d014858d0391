#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The opened map: what it reads, the slices of its filter, the partial maps side by side, and what
/// bias and later layers make of their sum. A click on a cell opens its number. Expects: the map's
/// sum is there.
void draw_layer_parts(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::inspect
