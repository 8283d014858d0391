#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// The input on its way from the direct convolution's picture to the transposed one's: zeros come
/// in between its cells, and the border goes from p to p′. No operation computes anything there, so
/// no result is shown. Expects: possible, and between the two.
void draw_between_stage(Context& context, widgets::Rect area);

/// In the products' place: what the two ends are.
void draw_between_card(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::convolve
