#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The pad or the picture, what else could be read, and what the opened neuron sees of it. Returns
/// the height it took.
float draw_input(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
