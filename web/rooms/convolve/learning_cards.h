#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// What a step does to one weight, with its numbers.
void draw_update_card(Context& context, widgets::Rect rect);

/// The loss from step to step, and the kernel that has been learned beside the hidden one.
void draw_learning_cards(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::convolve
