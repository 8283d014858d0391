#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The whole room in `stage`, laid out for the page's width.
void draw_inspect_room(Context& context, widgets::Rect stage, float page_width);

}  // namespace convoscope::rooms::inspect
