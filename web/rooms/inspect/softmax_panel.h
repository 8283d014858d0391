#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The score that is opened on its way to a probability: every class's exponential, their sum, and
/// the quotient. Returns the height that it takes.
float draw_softmax(Context& context, const model::Softmax& softmax, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
