#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// What the layers show: flat or in space, forth or back, and by which scale of colours. Backwards
/// also what the gradients are of. Returns the height that it takes.
float draw_overview_head(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
