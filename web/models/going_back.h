#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/models/train_model.h"

namespace convoscope::models {

// What leads a run back to a moment of its own. Each returns the commands for the engine.

/// Before settings change: the moment is kept, so that the change can be undone. Changes at the
/// same step are one, and those that follow each other within a second while training goes on.
[[nodiscard]] std::vector<std::string> before_change(TrainModel& train);

/// Scrubs to a moment: weights, sampler and optimiser as they were then. The end of the run is kept
/// first, so that one can return to it. Nothing where the run already is.
[[nodiscard]] std::vector<std::string> scrub_to(TrainModel& train, const Moment& moment);

/// After a step that could not be made: back to before the last change of settings, and the
/// settings of then; without a change, back to the last moment, with the optimiser's usual rate.
struct Remedy {
    Moment moment;
    RunSettings settings;
};
/// None when there is nothing to go back to.
[[nodiscard]] std::optional<Remedy> remedy_of(const TrainModel& train);
[[nodiscard]] std::vector<std::string> undo_damage(TrainModel& train);

}  // namespace convoscope::models
