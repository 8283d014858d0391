#pragma once

#include <string>

#include "web/models/convolve/arithmetic.h"

namespace convoscope::models::convolve {

/// "[1, 2]": row and column.
[[nodiscard]] inline std::string place_text(CellPlace place) {
    return "[" + std::to_string(place.row) + ", " + std::to_string(place.column) + "]";
}

}  // namespace convoscope::models::convolve
