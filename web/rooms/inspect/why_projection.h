#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// Test images as the last hidden layer lays them out, in a plane. Returns the height it took.
float draw_projection(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
