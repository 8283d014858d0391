#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

inline constexpr float kBiasCardWidth = 42;
inline constexpr float kLeastResultWidth = 48;

/// How wide a row's end is: sign, bias, sign and result.
[[nodiscard]] float product_tail_width(const Context& context);

/// From the sum to the result: "+ b = 3", of a mean "/ n =". Fills what is left of the row.
void draw_product_tail(Context& context, widgets::Rect row, widgets::FontStyle largest);

/// The bias, or the number by which a mean is divided.
void draw_last_step(Context& context, widgets::Rect rect);

/// The sum as far as it has come; the whole one when all products stand there.
void draw_result(Context& context, widgets::Rect rect, widgets::FontStyle largest);

}  // namespace convoscope::rooms::convolve
