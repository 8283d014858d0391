#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/output_size.h"
#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

/// What one library makes of the same numbers along one axis.
struct ConventionRow {
    std::string name;  ///< "TensorFlow SAME"
    SizeConvention convention = SizeConvention::floor;
    std::optional<AxisCoverage> coverage = {};  ///< none: it refuses
    std::string remark = {};                    ///< "pad 0 + 1, other alignment"
    bool differs = false;                       ///< in the size, from PyTorch's floor
};

/// PyTorch, `ceil_mode`, TensorFlow's two and "must divide", in this order.
[[nodiscard]] std::vector<ConventionRow> compare_conventions(const AxisSetup& axis);

}  // namespace convoscope::models::convolve
