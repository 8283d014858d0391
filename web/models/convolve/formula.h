#pragma once

#include <string>
#include <vector>

#include "web/models/convolve/sentence.h"
#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

/// A formula as boxes in boxes, as it is set on paper.
struct FormulaBox {
    enum class Kind {
        symbol,    ///< a number or a variable
        sign,      ///< + − =, with room around it
        row,       ///< parts side by side
        fraction,  ///< parts[0] over parts[1]
        floor      ///< parts[0] within ⌊ ⌋
    };

    Kind kind = Kind::symbol;
    std::string text = {};
    Meaning meaning = Meaning::plain;
    bool variable = false;  ///< in italics
    bool hat = false;       ///< k̂
    std::vector<FormulaBox> parts = {};
};

/// How many outputs an axis has, in symbols and with its numbers.
struct SizeFormula {
    FormulaBox symbols;
    FormulaBox numbers;
    Index result = 0;
};

/// ⌊(i + 2p − k)/s⌋ + 1, with k̂ instead of k when it is dilated and p + q with unequal padding; of
/// a transposed convolution (i − 1)s − 2p + k + a.
[[nodiscard]] SizeFormula size_formula(Operation operation, const AxisSetup& axis, Index outputs);

/// As one line: "⌊(7 + 2·1 − 3)/2⌋ + 1".
[[nodiscard]] std::string line_of(const FormulaBox& box);

}  // namespace convoscope::models::convolve
