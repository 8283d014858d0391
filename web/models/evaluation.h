#pragma once

#include <cstdint>
#include <optional>
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
    /// Half of Wilson's 95 % interval of the accuracy, 0 to 1: also where all, or none, of a few
    /// images were read right.
    [[nodiscard]] double half_interval() const;
};

/// So many of so many.
struct ClassShare {
    std::int64_t right = 0;
    std::int64_t of = 0;

    /// 0 to 1; nothing where there is nothing to have a share of.
    [[nodiscard]] std::optional<double> share() const;
};

/// Of a class's images those that were read right: a row of the confusion. Expects: the confusion
/// has this class.
[[nodiscard]] ClassShare recall_of(const Evaluation& evaluation, int label);
/// Of what was read as this class what was right: a column.
[[nodiscard]] ClassShare precision_of(const Evaluation& evaluation, int label);

/// The steps after which the engine read a split, while it still knows what it read in each image:
/// only then a cell of the confusion can be opened. -1: it knows nothing.
struct KeptReadings {
    std::int64_t validation = -1;
    std::int64_t test = -1;
};

/// One pass that takes longer than a moment, on its way.
struct EvaluationProgress {
    std::string split;
    double share = 0.0;  ///< of its images, 0 to 1
    double seconds_to_go = 0.0;
};

}  // namespace convoscope::models
