#pragma once

#include <string>

#include "web/models/json.h"
#include "web/models/train_model.h"

namespace convoscope::models {

// The curves and the kept runs as the browser keeps them for the next visit.

[[nodiscard]] std::string runs_text(const TrainModel& train);

/// Takes over what `runs_text` wrote, beside a checkpoint that the engine has loaded: the curves
/// where they are as long as the run, and the kept runs. What is no such thing is passed over.
void restore_runs(TrainModel& train, const Json& runs);

}  // namespace convoscope::models
