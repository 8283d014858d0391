#pragma once

#include <string>

#include "web/models/convolve/convolve_model.h"
#include "web/models/room_commands.h"

namespace convoscope::models::convolve {

/// Those of the room's commands that move through its steps: convolve_step, play, speed, order and
/// loop.
[[nodiscard]] Answer carry_out_playback(Model& model, const Json& command);

namespace commands {
[[nodiscard]] std::string step_to(Index step, bool at_once);
[[nodiscard]] std::string step_by(Index steps);
}  // namespace commands

}  // namespace convoscope::models::convolve
