#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Back, play, forth, loop, position, timeline, order and speed.
void draw_transport(Context& context, widgets::Rect dock);

void draw_phone_transport(Context& context, widgets::Rect dock);

/// Space, arrows, Shift with arrows by rows, Home and End.
void handle_transport_keys(Context& context);

}  // namespace convoscope::rooms::convolve
