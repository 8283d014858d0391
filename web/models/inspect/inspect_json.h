#pragma once

#include <vector>

#include "web/models/inspect/inspect_model.h"
#include "web/models/json.h"

namespace convoscope::models::inspect {

/// What the room shows, numbers included, for `convoscope.state()`. `type` is the class that the
/// snapshot's gradients are about.
[[nodiscard]] Json json_of(const Model& model,
                           const std::vector<CapturedTensor>& snapshot,
                           int type = -1);

}  // namespace convoscope::models::inspect
