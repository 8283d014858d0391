#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/output_size.h"
#include "web/models/convolve/setup.h"
#include "web/models/json.h"

namespace convoscope::models::convolve {

/// What one library makes of the same numbers along one axis.
struct ConventionRow {
    std::string name;  ///< "TensorFlow SAME"
    SizeConvention convention = SizeConvention::floor;
    std::optional<AxisCoverage> coverage = {};  ///< none: it refuses
    std::string remark = {};                    ///< "pad 0 + 1"
    bool differs = false;                       ///< in the size, from PyTorch's floor
    bool realigned = false;                     ///< of the same size, but its windows lie elsewhere
};

/// PyTorch, `ceil_mode`, TensorFlow's two and "must divide", in this order.
[[nodiscard]] std::vector<ConventionRow> compare_conventions(const AxisSetup& axis);

/// The axis that a command gives as {input, kernel, stride?, padding?, dilation?}, of any size that
/// a layer has; none: not such numbers.
[[nodiscard]] std::optional<AxisSetup> axis_of_command(const Json& command);

}  // namespace convoscope::models::convolve
