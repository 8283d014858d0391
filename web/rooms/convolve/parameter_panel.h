#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Operation, parameters and padding, down a column. Returns its height.
float draw_parameters(Context& context, widgets::Rect column);

/// The four operations in two rows of two, `kOperationRows` high.
void draw_operations(Context& context, widgets::Rect box);
constexpr float kOperationRows = 74;

/// The phone's: the operation, a chip a parameter, and the slider of the open one.
float draw_phone_parameters(Context& context, widgets::Rect column);

/// How cells show their values and how the steps go on, where header and transport leave that out.
/// Returns the height.
float draw_left_out(Context& context, widgets::Rect column);

/// Those of the phone that are changed less often: each axis by itself, what stands in the padding,
/// the kernel's turn, and what is left out. Returns the height.
float draw_phone_further(Context& context, widgets::Rect column);

}  // namespace convoscope::rooms::convolve
