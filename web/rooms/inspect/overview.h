#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// Every layer as a column of its maps, with the way into the opened neuron.
void draw_overview(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::inspect
