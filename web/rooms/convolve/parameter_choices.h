#pragma once

#include "web/rooms/convolve/parameter_rows.h"

namespace convoscope::rooms::convolve {

/// With the axes apart: two sliders, and four for the sides that are padded; taken from the column.
void draw_axis_sliders(Context& context, const ParameterRow& row, widgets::Rect& column);

/// What stands in the padding.
void draw_padding_modes(Context& context, widgets::Rect row);

/// "height = width" with a link before it, on the right of `width`; pressed, each axis has its own
/// numbers.
void draw_link(Context& context, float x, float y, float width);

/// Whether the kernel is turned by 180°, which makes a cross-correlation the convolution of the
/// mathematicians.
void draw_turn(Context& context, widgets::Rect row);

}  // namespace convoscope::rooms::convolve
