#pragma once

#include <vector>

#include "web/models/convolve/convolve_model.h"
#include "web/models/table.h"

namespace convoscope::models::convolve {

/// Input with padding, kernel and output as tables; none while the setup is impossible. Outputs
/// that playback has not reached are empty.
[[nodiscard]] std::vector<Table> tables_of(const Model& model);

}  // namespace convoscope::models::convolve
