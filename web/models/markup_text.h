#pragma once

#include <string>
#include <string_view>

namespace convoscope::models {

/// Text as HTML and SVG take it, between tags or between double quotes.
[[nodiscard]] std::string escaped_markup(std::string_view text);

}  // namespace convoscope::models
