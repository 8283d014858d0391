#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"

namespace convoscope::kernels::reference {

/// A batch `[image][channel][pixel]` of doubles, and batch norm as its definition reads.
struct BatchNorm2dReference {
    Index images = 0;
    Index channels = 0;
    Index pixels = 0;
    double eps = 1e-5;

    /// Σx / n of each channel.
    [[nodiscard]] std::vector<double> mean(std::span<const double> input) const;
    /// Σ(x - mean)² / n of each channel: the biased variance.
    [[nodiscard]] std::vector<double> variance(std::span<const double> input) const;
    /// (x - mean) / sqrt(variance + eps)·weight + bias. Source: Ioffe and Szegedy 2015,
    /// algorithm 1.
    [[nodiscard]] std::vector<double> forward(std::span<const double> input,
                                              std::span<const double> weight,
                                              std::span<const double> bias) const;
};

}  // namespace convoscope::kernels::reference
