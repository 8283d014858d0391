#pragma once

#include <span>
#include <vector>

#include "engine/data/preprocessing/preprocessing.h"

namespace convoscope {

/// What makes images of mean 0 white, and its inverse: `[n][n]` each.
struct WhiteningMatrices {
    std::vector<float> matrix;
    std::vector<float> inverse;
};

/// With the images' covariance U diag(v) Uᵀ: the matrix is diag(1 / sqrt(v + epsilon)) Uᵀ, and
/// where it is to turn `back` into the picture's axes, U times that.
[[nodiscard]] WhiteningMatrices fit_whitening_matrices(const PixelSource& source,
                                                       std::span<const float> mean,
                                                       double epsilon,
                                                       bool back);

}  // namespace convoscope
