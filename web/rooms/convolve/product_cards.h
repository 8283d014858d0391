#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// How the current output comes about: its products one after another, the bias, and the sum as far
/// as it has come. The last `kept` of its head stays free. Expects: possible.
void draw_product_cards(Context& context, widgets::Rect rect, float kept = 0);

/// The same in the kernel's own layout.
void draw_phone_products(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::convolve
