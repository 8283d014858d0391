#pragma once

#include "web/models/convolve/convolve_model.h"
#include "web/models/json.h"

namespace convoscope::models::convolve {

/// Every number of the room, for `convoscope.state().convolve`.
[[nodiscard]] Json json_of(const Model& model);

}  // namespace convoscope::models::convolve
