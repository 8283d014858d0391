#pragma once

#include "web/models/inspect/pad.h"
#include "web/models/json.h"

namespace convoscope::models::inspect {

/// Carries out a command that draws: `x` and `y` from 0 to 1, and `begins` where a stroke does.
void draw_on(Pad& pad, const Json& command, bool erases, Brush brush);

}  // namespace convoscope::models::inspect
