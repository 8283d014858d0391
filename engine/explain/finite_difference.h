#pragma once

#include <functional>
#include <span>
#include <string>

#include "engine/core/index.h"
#include "engine/explain/network_probe.h"

namespace convoscope {

/// A slope by moving one number a little to both sides.
struct FiniteDifference {
    double slope = 0.0;
    double step = 0.0;      ///< the distance that was moved
    double rounding = 0.0;  ///< how far off the slope may be for the scores' rounding alone
    bool kink =
        false;  ///< within the step a maximum or a rectifier changes hands: the slope means little
};

/// The function of the network's output whose slope is looked for.
using OutputFunction = std::function<double(std::span<const float> output, Index lane)>;

/// How far off the function may be where the scores are what 32-bit numbers say of them: by its
/// gradient at the scores, and the greatest of them. Both are values of one lane each, `kLanes`
/// apart from the next.
[[nodiscard]] double rounding_of(std::span<const float> d_output, std::span<const float> output);

/// Moves one number of a value (0: the input; in its order `[c][h][w]`) and computes what follows
/// anew: over four distances, of which it takes the one whose slope agrees best with that over half
/// of it, rounding counted in; of both, Richardson's extrapolation.
/// Source: Press et al., "Numerical Recipes", 5.7.
/// `rounding` is that of the function, see `rounding_of`.
/// Expects: `image` is `[c][h][w]`, preprocessed; step > 0.
[[nodiscard]] FiniteDifference move_value(NetworkProbe& probe,
                                          std::span<const float> image,
                                          Index value,
                                          Index element,
                                          double step,
                                          const OutputFunction& function,
                                          double rounding);

/// The same of one number of a parameter, in PyTorch's order. The network is left as it was.
/// Expects: `network` is the probe's own.
[[nodiscard]] FiniteDifference move_parameter(NetworkProbe& probe,
                                              Network& network,
                                              std::span<const float> image,
                                              const NamedParameter& parameter,
                                              Index element,
                                              double step,
                                              const OutputFunction& function,
                                              double rounding);

}  // namespace convoscope
