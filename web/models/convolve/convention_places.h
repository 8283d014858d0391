#pragma once

#include <vector>

#include "web/models/convolve/conventions.h"

namespace convoscope::models::convolve {

/// What becomes of a position of the axis under a convention.
enum class AxisPlace {
    read,      ///< a pixel before the last window's end
    lost,      ///< after the last window's end
    invented,  ///< no pixel, but within a window
    between    ///< no pixel, and between two windows
};

/// All positions along the axis, from the padding at its beginning to its end, or to that of the
/// last window. Expects: the row has a coverage.
[[nodiscard]] std::vector<AxisPlace> axis_places(const AxisSetup& axis,
                                                 const AxisCoverage& coverage);

}  // namespace convoscope::models::convolve
