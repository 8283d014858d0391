#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// What the colours of a grid's cells mean: a diverging scale, which ends in the quantity's own
/// colour where numbers are shown.
void draw_stage_legend(Context& context,
                       const char* id,
                       widgets::Quantity quantity,
                       double greatest,
                       widgets::Rect rect);

/// Both legends of what the phone shows, side by side.
void draw_phone_legends(Context& context, widgets::Rect row);

}  // namespace convoscope::rooms::convolve
