#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// Where the reader is between the network and one number, with the way up and down. Returns the
/// height that it takes.
float draw_level_path(Context& context, widgets::Rect where);

/// Opens what is a level deeper: the layer of the opened number, then the number itself.
void go_deeper(Context& context);
void go_up(Context& context);

}  // namespace convoscope::rooms::inspect
