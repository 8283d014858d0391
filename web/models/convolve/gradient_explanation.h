#pragma once

#include "web/models/convolve/gradient.h"
#include "web/models/convolve/sentence.h"

namespace convoscope::models::convolve {

/// All that a sentence about the way back may speak of.
struct Backwards {
    const Setup& setup;
    const Arithmetic& arithmetic;
    const NumberGrid& error;
    const Gradients& gradients;
    Index channel = 0;
    Index filter = 0;
};

/// One sentence about where the error of the thing pointed at comes from, or goes. Expects: a
/// target that exists; none stands for a pixel that the stretched input has lost.
[[nodiscard]] Sentence explain_backwards(const Backwards& way, const Target& target);

/// A gradient as a sum: dL/dx [2, 3] = sum of dL/dy · w = 1·2 + 1·(-1) = 1.
struct GradientFormula {
    std::string variable;  ///< by which L is derived: x, w or b
    std::string place;     ///< "[2, 3]"; of a bias nothing
    std::string factor;    ///< what each error is multiplied by; of a bias nothing
    std::string numbers;   ///< the first terms that are not zero, and … for more of them
    std::string result;
    Meaning meaning = Meaning::input;

    [[nodiscard]] std::string line() const;
};

/// Of the place of the input, of the weight and of the bias in front; of pooling only the first.
[[nodiscard]] std::vector<GradientFormula> gradient_formulas(const Backwards& way,
                                                             const Target& input,
                                                             CellPlace weight);

}  // namespace convoscope::models::convolve
