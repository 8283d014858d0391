#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The opened gradient as the very sum that it is, beside what moving the number a little shows.
/// Returns the height that it takes.
float draw_gradient(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
