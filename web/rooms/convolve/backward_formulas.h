#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// The gradients of a pixel, a weight and the bias as sums, in symbols and with their numbers.
/// Expects: possible, and backwards.
void draw_backward_formulas(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::convolve
