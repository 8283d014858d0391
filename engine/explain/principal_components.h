#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"

namespace convoscope {

/// Points of many numbers, each as its coordinates along the axes of greatest variance.
struct PrincipalComponents {
    Index count = 0;                  ///< of axes: as asked, or as many as there are
    std::vector<double> coordinates;  ///< `[point][axis]`, about the mean
    std::vector<double> shares;       ///< `[axis]` of the whole variance; the greatest first
};

/// Each axis points so that its coordinate of greatest magnitude is positive.
/// Source: Hotelling, "Analysis of a complex of statistical variables into principal components",
/// 1933; by the smaller of the covariance and the points' inner products.
/// Expects: `points` is `[count][numbers]`, finite, at least one point.
[[nodiscard]] PrincipalComponents principal_components(std::span<const float> points,
                                                       Index count,
                                                       Index axes);

}  // namespace convoscope
