#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// What other conventions make of the same numbers, or the same layer as a line of code to copy.
/// Expects: possible.
void draw_library_card(Context& context, widgets::Rect rect);

/// Formula and libraries share one card: the layout between desk and phone.
[[nodiscard]] bool is_one_card(const Context& context);

/// Which of them is shown. `where`: its upper right corner.
void draw_aside_choice(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::convolve
