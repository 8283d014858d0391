#pragma once

// Gradients by central differences, in double.

#include <functional>
#include <span>
#include <vector>

namespace convoscope::tests {

/// d loss / d values, for a loss that reads `values` through the span it was given.
inline std::vector<double> numeric_gradient(std::span<double> values,
                                            const std::function<double()>& loss) {
    // The cube root of double's precision balances rounding against the curve's bend.
    constexpr double kStep = 6e-6;
    std::vector<double> gradient;
    for (double& value : values) {
        const double before = value;
        value = before + kStep;
        const double above = loss();
        value = before - kStep;
        const double below = loss();
        value = before;
        gradient.push_back((above - below) / (2.0 * kStep));
    }
    return gradient;
}

}  // namespace convoscope::tests
