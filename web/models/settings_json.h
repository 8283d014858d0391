#pragma once

#include "web/models/json.h"
#include "web/models/run_settings.h"

namespace convoscope::models {

// The settings as the protocol writes them. Only the sources of this folder include this.

[[nodiscard]] Json json_of(const OptimizerSettings& optimizer);

/// All that may change while a run goes on: the members of `set`.
[[nodiscard]] Json live_settings_json(const RunSettings& settings);

/// What only `configure` takes, besides the network and the seed.
[[nodiscard]] Json data_settings_json(const RunSettings& settings);

/// All of a run's settings, with data set, network and seed; and back, as far as it is known.
[[nodiscard]] Json run_settings_json(const RunSettings& settings);
void read_run_settings(const Json& json, RunSettings& settings);

/// Takes over those members of `configure`, `set`, `configured` or `settings` that are there.
void read_settings(const Json& message, RunSettings& settings);

}  // namespace convoscope::models
