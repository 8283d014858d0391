#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// Why the network answers as it does: maps over the picture, images that it takes for alike, and
/// what one filter looks for; each with a sentence on what it cannot tell. Returns the height it
/// took.
float draw_why(Context& context, widgets::Rect where);

/// Between the layers and the reasons. Takes its part of the row from the left.
void draw_scene_switch(Context& context, widgets::Rect& row);

}  // namespace convoscope::rooms::inspect
