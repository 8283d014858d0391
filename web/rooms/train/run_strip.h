#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The whole run as a band: epochs as panes, the loss so far in them, and what is still to come.
void draw_run_strip(Context& context, widgets::Rect where);

/// The same on a phone: the figures above the band.
void draw_phone_run_strip(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
