#pragma once

#include <vector>

#include "web/models/captured_tensor.h"

namespace convoscope::models {

/// A training picture as it is, and as the network reads it.
struct Preprocessed {
    std::vector<float> pixels;  ///< from 0 to 1, `[channel][row][column]`
    CapturedTensor input;       ///< of the same shape

    [[nodiscard]] bool empty() const { return pixels.empty(); }
};

/// What there is to say of some numbers at once; zeros of none.
struct Spread {
    float least = 0.0F;
    float greatest = 0.0F;
    double mean = 0.0;
};
[[nodiscard]] Spread spread_of(const std::vector<float>& values);

}  // namespace convoscope::models
