#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/models/train_model.h"

namespace convoscope::models {

/// SGD, momentum and Adam at their usual rates.
[[nodiscard]] std::vector<OptimizerSettings> usual_racers();

/// From the present step on, `steps` for each. Returns the commands for the engine.
[[nodiscard]] std::vector<std::string> begin_race(TrainModel& train,
                                                  std::vector<OptimizerSettings> racers,
                                                  int steps);

/// What the engine is to do for the race after an event; nothing while it works or there is none.
[[nodiscard]] std::vector<std::string> go_on_with_race(TrainModel& train);

/// Whether this command of the reader's to the engine takes the training out of the race's hands.
[[nodiscard]] bool ends_race(std::string_view command);

}  // namespace convoscope::models
