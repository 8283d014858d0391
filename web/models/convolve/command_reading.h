#pragma once

#include <algorithm>
#include <cmath>

#include "engine/core/index.h"
#include "web/models/json_reading.h"

namespace convoscope::models::convolve {

/// A whole number of a command, held where every number of the room fits.
[[nodiscard]] inline Index whole_of(const Json& command, const char* name) {
    const double value = number_of(command, name);
    return std::isfinite(value) ? static_cast<Index>(std::clamp(value, -1e6, 1e6)) : 0;
}

[[nodiscard]] inline bool is_on(const Json& command) {
    return is_true(command, "on");
}

}  // namespace convoscope::models::convolve
