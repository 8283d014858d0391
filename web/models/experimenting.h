#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/models/train_model.h"

namespace convoscope::models {

/// Sets up an experiment's first lane; the network is to be configured then. Returns what is wrong;
/// empty: nothing.
[[nodiscard]] std::string begin_experiment(TrainModel& train, std::string_view id);

/// What is to be done for the experiment after an event.
struct ExperimentWish {
    bool configure = false;                  ///< the network of the settings
    std::vector<std::string> commands = {};  ///< to the engine
};
[[nodiscard]] ExperimentWish go_on_with_experiment(TrainModel& train);

/// Whether this command of the reader's to the engine makes the training another than the
/// experiment's: pausing and going on do not.
[[nodiscard]] bool ends_experiment(std::string_view command);

/// Closes it: the settings are again as they were before. The network is to be configured then.
void close_experiment(TrainModel& train);

}  // namespace convoscope::models
