#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/core/index.h"

namespace convoscope::models::inspect {

/// The probability of a class, taken apart: its score's exponential over the sum of all.
struct Softmax {
    Index type = 0;
    double greatest = 0.0;  ///< taken off every score, so that no exponential leaves its bounds
    std::vector<double> scores = {};        ///< of each class, the engine's
    std::vector<double> exponentials = {};  ///< of each score less the greatest: 0 to 1
    double sum = 0.0;                       ///< of the exponentials
    double probability = 0.0;
};

/// Nothing when there is no such class or a score is not finite.
[[nodiscard]] std::optional<Softmax> open_softmax(std::span<const float> scores, Index type);

}  // namespace convoscope::models::inspect
