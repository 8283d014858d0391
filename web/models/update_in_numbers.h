#pragma once

#include <string>
#include <vector>

#include "web/models/slow_motion.h"

namespace convoscope::models {

/// One line of an optimiser's rule with its numbers put in: "v ← 0.9 · v + g = 0.9 · 0.012 +
/// 0.004", and what comes out.
struct UpdateLine {
    std::string symbol;   ///< what is computed: "v", "w"
    std::string rule;     ///< in symbols: "0.9 v + g"
    std::string numbers;  ///< the same in numbers
    double result = 0.0;
};

/// How the weight's new value comes about, line by line, in double precision. The last line is the
/// weight. Source: the formulas of `torch.optim`, as engine/optimizers/ has them.
[[nodiscard]] std::vector<UpdateLine> update_in_numbers(const OptimizerSettings& optimizer,
                                                        const StepWeight& weight);

}  // namespace convoscope::models
