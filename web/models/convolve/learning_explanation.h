#pragma once

#include "web/models/convolve/learning.h"
#include "web/models/convolve/sentence.h"

namespace convoscope::models::convolve {

/// One sentence about what is happening, or about the output or the weight that is pointed at.
/// Expects: open, with a target.
[[nodiscard]] Sentence explain_learning(const Learning& learning, const Target& told);

/// What the next step does to a weight: w − rate · dL/dw, with the numbers.
struct UpdateFormula {
    std::string place;
    std::string before;
    std::string rate;
    std::string slope;
    std::string after;

    [[nodiscard]] std::string line() const;
};
/// Of the first channel that the filter reads.
[[nodiscard]] UpdateFormula update_formula(const Learning& learning, CellPlace weight);

}  // namespace convoscope::models::convolve
