#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"

namespace convoscope::models::convolve {

// Numbers as they stand in a link.

/// Six digits of it.
[[nodiscard]] std::string number_text(double value);
/// Held within -999 and 999, with commas between them; 64 whole numbers from -32 to 31 or more as
/// "~" and a sign each.
[[nodiscard]] std::string list_of(std::span<const double> numbers);
/// Either of them: at most 1,024 within -999 and 999. Empty: there is anything else.
[[nodiscard]] std::vector<double> read_list(const std::string& text);
/// In digits, from `least` to `most`; none: it is anything else.
[[nodiscard]] std::optional<Index> whole_number(std::string_view text, Index least, Index most);

}  // namespace convoscope::models::convolve
