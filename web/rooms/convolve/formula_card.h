#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// How many outputs fit: symbols, numbers, result; one axis as a ruler; what is left over; weights
/// and multiply-adds. Expects: possible.
void draw_formula_card(Context& context, widgets::Rect rect);

[[nodiscard]] float phone_formula_height(const Context& context);
void draw_phone_formula(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::convolve
