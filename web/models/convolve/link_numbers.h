#pragma once

#include <span>
#include <string>
#include <vector>

namespace convoscope::models::convolve {

// Numbers as they stand in a link.

/// Six digits of it.
[[nodiscard]] std::string number_text(double value);
/// Held within -999 and 999, with commas between them; 64 whole numbers from -32 to 31 or more as
/// "~" and a sign each.
[[nodiscard]] std::string list_of(std::span<const double> numbers);
/// Either of them: at most 1,024 within -999 and 999. Empty: there is anything else.
[[nodiscard]] std::vector<double> read_list(const std::string& text);

}  // namespace convoscope::models::convolve
