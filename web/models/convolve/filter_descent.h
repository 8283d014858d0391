#pragma once

#include "web/models/convolve/gradient.h"

// One filter that moves down the slope of a loss: the mean of the squared differences between its
// output and a target.

namespace convoscope::models::convolve {

/// The filter alone: its weights, its bias and the channels that it reads. Expects: no pooling, and
/// groups that divide.
[[nodiscard]] Setup lone_filter(const Setup& setup, Index filter);

/// Puts its weights and bias back where they come from.
void put_back(const Setup& lone, Index filter, Setup& setup);

/// Where a filter stands.
struct Slope {
    double loss = 0.0;
    NumberGrid output;
    NumberGrid difference;  ///< output - target
    NumberGrid weights;     ///< dL/dw
    double bias = 0.0;      ///< dL/db
};

/// Expects: a lone filter that is possible, and a target of its output's size.
[[nodiscard]] Slope slope_of(const Setup& lone, const NumberGrid& target);

/// w ← w - rate · dL/dw, and the bias likewise.
void step_down(Setup& lone, const Slope& slope, double rate);

/// The rate from which on every step goes further past the lowest point than the one before: 2 over
/// the greatest curvature of the loss, which is the same everywhere, by the power method. 0: the
/// loss is level, as where all of the input is 0.
[[nodiscard]] double greatest_rate(const Setup& lone);

}  // namespace convoscope::models::convolve
