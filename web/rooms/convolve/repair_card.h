#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Why the combination is impossible, drawn and said, and the smallest changes that help, also on
/// the keys 1 to 3. Expects: impossible.
void draw_repair_card(Context& context, widgets::Rect area);

}  // namespace convoscope::rooms::convolve
