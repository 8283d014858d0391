#pragma once

#include <optional>
#include <string_view>

#include "web/models/app_state.h"

namespace convoscope::models {

/// Trained weights come with the page for some networks (assets/weights/), so that the Inspect room
/// explains something real before the reader has trained one.
[[nodiscard]] bool has_ready_weights(std::string_view network);
/// Only for the data set that they were trained on.
[[nodiscard]] bool has_ready_weights(const RunSettings& settings);

/// The run has not made a step, did not begin with a file's weights and is none of an experiment,
/// so that its weights are the reader's to choose.
[[nodiscard]] bool chooses_weights(const AppState& state);

/// With what weights the run is to begin anew: true: ready ones, false: its own random ones;
/// nothing: it is as it should be. A run that has begun to learn is never touched, and the Train
/// room trains from the start.
[[nodiscard]] std::optional<bool> other_weights_wanted(const AppState& state);

}  // namespace convoscope::models
