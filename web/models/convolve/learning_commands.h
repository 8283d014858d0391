#pragma once

#include "web/models/convolve/convolve_model.h"
#include "web/models/room_commands.h"

namespace convoscope::models::convolve {

/// Those of the room's commands that are of the filter that learns, and of the look at the volumes.
[[nodiscard]] Answer carry_out_lens(Model& model, const Json& command);

}  // namespace convoscope::models::convolve
