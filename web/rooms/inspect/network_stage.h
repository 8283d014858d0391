#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The network, flat or in space; flat, all its layers or the one that is opened.
void draw_network(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::inspect
