#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The opened neuron as the very sum that made its number. Returns the height it took.
float draw_neuron(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
