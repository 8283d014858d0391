#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// What the filter is to learn, and how fast. Returns its height.
float draw_learning_controls(Context& context, widgets::Rect column);

/// In place of the transport: begin again, learn and pause, one step, the loss, and the speed.
void draw_learning_transport(Context& context, widgets::Rect dock);
void draw_phone_learning_transport(Context& context, widgets::Rect dock);

/// Space lets it learn, → takes a step, Home begins again.
void handle_learning_keys(Context& context);

}  // namespace convoscope::rooms::convolve
