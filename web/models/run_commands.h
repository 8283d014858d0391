#pragma once

#include <string>
#include <vector>

#include "web/models/room_commands.h"
#include "web/models/train_model.h"

namespace convoscope::models {

/// Goes back in a run, or changes the list of runs. What the engine is to do for it is added to
/// `for_engine`.
Answer carry_out_on_runs(TrainModel& train,
                         const Json& command,
                         std::vector<std::string>& for_engine);

}  // namespace convoscope::models
