#pragma once

#include <array>
#include <string>

#include "web/models/app_state.h"

namespace convoscope::app {

/// Whether there is an image in the Inspect room to ask the engine about.
[[nodiscard]] bool has_image(const models::AppState& state);

/// Asks the engine why the network answers as it does, while that is to be seen: each way once for
/// a picture, a class, a neuron and a state of the network; while it learns not before it rests.
class ExplainWishes {
  public:
    void forget() { asked_.fill({}); }
    void update(const models::AppState& state);

  private:
    void ask(const models::AppState& state, models::inspect::Why why);

    std::array<std::string, models::inspect::kWhys> asked_;  ///< the last question of each way
};

}  // namespace convoscope::app
