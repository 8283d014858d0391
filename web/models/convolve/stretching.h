#pragma once

#include <vector>

#include "web/models/convolve/window_axis.h"

namespace convoscope::models::convolve {

/// One position of the axis on its way from the direct convolution's picture to the transposed
/// one's, in cells from the beginning of the axis.
struct MovingPosition {
    PositionKind kind = PositionKind::padding;
    Index source = Position::kNothing;
    double begin = 0.0;
    double end = 0.0;  ///< where it equals `begin`, the position is not there (yet, or any more)
    double presence = 1.0;  ///< from 0, faded out, to 1
};

/// The axis of a transposed convolution between the direct picture (`way` 0: the padding p around
/// the pixels, side by side) and its own (1: s − 1 zeros between the pixels, p′ around them). At
/// both ends the positions that are there are those of `window_axis`. Expects: possible both ways,
/// and p′ not below zero.
[[nodiscard]] std::vector<MovingPosition> moving_axis(const AxisSetup& axis, double way);

/// How many cells it is long.
[[nodiscard]] double moving_length(const std::vector<MovingPosition>& axis);

/// p′: the border of the transposed convolution.
[[nodiscard]] Index border_back(const AxisSetup& axis);

}  // namespace convoscope::models::convolve
