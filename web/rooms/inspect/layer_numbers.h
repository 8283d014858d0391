#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The opened number of a dense layer: the products that count most, and their sum. Backwards: what
/// comes back to it.
void draw_layer_numbers(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::inspect
