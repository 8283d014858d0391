#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace convoscope::models {

/// One pass over held-out images.
struct Evaluation {
    std::int64_t step = 0;
    std::int64_t epoch = 0;
    double loss = 0.0;
    double accuracy = 0.0;  ///< 0 to 1
    std::int64_t count = 0;
    std::vector<int> confusion;  ///< [true class][predicted class]; empty when not reported

    /// Rows of the confusion.
    [[nodiscard]] int classes() const;
};

/// One pass that takes longer than a moment, on its way.
struct EvaluationProgress {
    std::string split;
    double share = 0.0;  ///< of its images, 0 to 1
    double seconds_to_go = 0.0;
};

}  // namespace convoscope::models
