#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"

namespace convoscope {

struct Interval {
    double low = 0.0;
    double high = 1.0;
};

/// The 95 % confidence interval of a share of which `successes` of `trials` were seen; 0 to 1
/// without a trial. Source: Wilson 1927; Brown, Cai and DasGupta 2001, eq. 4.
[[nodiscard]] Interval wilson_interval(Index successes, Index trials);

/// How well one class is recognised.
struct ClassFigures {
    Index count = 0;         ///< images of the class
    Index predicted = 0;     ///< images taken for it
    double precision = 0.0;  ///< of those taken for the class, the share that is of it; 0 of none
    double recall = 0.0;     ///< of the class, the share that was found; 0 of none
    double f1 = 0.0;         ///< harmonic mean of both; 0 where both are 0
};

/// Figures of every class. Expects: `confusion` is `[true class][predicted class]`, a square.
/// Source: `sklearn.metrics.precision_recall_fscore_support` with `zero_division=0`.
[[nodiscard]] std::vector<ClassFigures> class_figures(std::span<const Index> confusion,
                                                      Index classes);

}  // namespace convoscope
