#pragma once

#include <vector>

#include "engine/core/index.h"
#include "engine/core/window.h"

namespace convoscope {

/// One product along one axis: tap `tap` of output `output` reads position `input`, which lies on
/// padding where it is below 0 or beyond the input.
struct TapReading {
    Index output = 0;
    Index tap = 0;
    Index input = 0;

    bool operator==(const TapReading&) const = default;
};

/// All of them, outputs first, then taps: who reads whom, in both directions.
/// Expects: `outputs` is the window's number of outputs.
[[nodiscard]] std::vector<TapReading> tap_readings(const Window& window, Index outputs);

/// How often everything along one axis is used. Axes do not interact: of a picture, a pixel's or a
/// weight's uses are the product of its row's and its column's.
struct AxisUsage {
    std::vector<Index> of_pixels;   ///< by pixel of the input: products that read it
    std::vector<Index> of_weights;  ///< by tap: outputs where it falls on the input
    Index of_each_weight = 0;       ///< outputs where it is used at all, on padding or not
};

[[nodiscard]] AxisUsage count_usage(const Window& window, Index input, Index outputs);

}  // namespace convoscope
