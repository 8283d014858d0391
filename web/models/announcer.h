#pragma once

#include <cstddef>
#include <string>

#include "web/models/app_state.h"

namespace convoscope::models {

/// Says in sentences what has happened, for readers who do not see it: a step, a run that began,
/// stopped or came to its end, a network that is ready, a test's result.
class Announcer {
  public:
    /// Returns what is new since the last look; empty: nothing. The first look is silent.
    [[nodiscard]] std::string observe(const AppState& state);

  private:
    [[nodiscard]] std::string observe_training(const TrainModel& train);
    [[nodiscard]] std::string observe_convolution(const AppState& state);

    bool has_looked_ = false;
    std::string step_;     ///< of the convolution, as last said
    std::string network_;  ///< empty: none is ready
    RunStatus status_ = RunStatus::paused;
    std::size_t tests_ = 0;
};

}  // namespace convoscope::models
