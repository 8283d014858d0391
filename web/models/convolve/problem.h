#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/models/convolve/arithmetic.h"

namespace convoscope::models::convolve {

// Why a combination is impossible, in the words of the controls.

/// The parameter to blame for what the arithmetic found impossible; none: it is possible, or too
/// much to compute.
[[nodiscard]] std::optional<Parameter> culprit_of(const Setup& setup, const Arithmetic& arithmetic);

/// The reason along an impossible axis, which is named ("height"); empty: the engine's own sentence
/// says it as well.
[[nodiscard]] std::string sentence_on(const Setup& setup,
                                      const AxisSetup& axis,
                                      std::string_view name);

/// Empty: the groups have whole numbers of channels and filters.
[[nodiscard]] std::string problem_of_groups(const Setup& setup);

}  // namespace convoscope::models::convolve
