#pragma once

#include <algorithm>
#include <cmath>

namespace convoscope::models::convolve {

inline constexpr double kGreatestCellValue = 999.0;

/// A number from outside as a cell can hold and show it; 0 for what is no number.
[[nodiscard]] inline double cell_value(double value) {
    return std::isfinite(value) ? std::clamp(value, -kGreatestCellValue, kGreatestCellValue) : 0.0;
}

}  // namespace convoscope::models::convolve
