#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Start and pause, one batch, one epoch, and back to step 0.
void draw_transport(Context& context, widgets::Rect where);
[[nodiscard]] float transport_height();

/// On a phone: start and pause, one batch, one epoch, and the sheet of settings.
void draw_phone_transport(Context& context, widgets::Rect where);
/// On a phone: experiments and slow motion, which open in place of the curves, and the reset.
void draw_phone_ways_in(Context& context, widgets::Rect where);

/// What the large button and the space key do.
void start_or_pause(Context& context);

}  // namespace convoscope::rooms::train
