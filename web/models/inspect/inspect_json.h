#pragma once

#include <vector>

#include "web/models/inspect/inspect_model.h"
#include "web/models/json_reading.h"

namespace convoscope::models::inspect {

/// What the room shows, numbers included, for `convoscope.state()`.
[[nodiscard]] Json json_of(const Model& model, const std::vector<CapturedTensor>& snapshot);

}  // namespace convoscope::models::inspect
