#pragma once

#include <string>
#include <string_view>

#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

// Why a combination is impossible, in the words of the controls.

/// The parameter to blame along an impossible axis.
[[nodiscard]] Parameter culprit_on(const Setup& setup, const AxisSetup& axis);

/// The reason along an impossible axis, which is named ("height"); empty: the engine's own sentence
/// says it as well.
[[nodiscard]] std::string sentence_on(const Setup& setup,
                                      const AxisSetup& axis,
                                      std::string_view name);

/// Empty: the groups have whole numbers of channels and filters.
[[nodiscard]] std::string problem_of_groups(const Setup& setup);

}  // namespace convoscope::models::convolve
