#pragma once

#include "engine/network/network_spec.h"

namespace convoscope::models::inspect {

/// A convolution makes maps, where Grad-CAM looks.
[[nodiscard]] bool has_maps(const NetworkSpec& network);

}  // namespace convoscope::models::inspect
