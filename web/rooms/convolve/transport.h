#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Back, play, forth, loop, position, timeline, order and speed.
void draw_transport(Context& context, widgets::Rect dock);

void draw_phone_transport(Context& context, widgets::Rect dock);

/// By rows, by columns, or in random order.
void draw_order(Context& context, widgets::Rect where);

/// The five speeds; on the phone the next one at every touch.
void draw_speeds(Context& context, widgets::Rect where);
void draw_phone_speed(Context& context, widgets::Rect target);

/// Space, arrows, Shift with arrows by rows, Home and End.
void handle_transport_keys(Context& context);

}  // namespace convoscope::rooms::convolve
