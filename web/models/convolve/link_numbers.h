#pragma once

#include <span>
#include <string>
#include <vector>

namespace convoscope::models::convolve {

// Numbers as they stand in a link.

/// Six digits of it.
[[nodiscard]] std::string number_text(double value);
/// With commas between them.
[[nodiscard]] std::string list_of(std::span<const double> numbers);
/// Numbers between commas, held within -999 and 999, at most 1,024. Empty: unreadable.
[[nodiscard]] std::vector<double> read_list(const std::string& text);

}  // namespace convoscope::models::convolve
