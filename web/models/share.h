#pragma once

#include <string>
#include <string_view>

namespace convoscope::models {

/// Lines of HTML that show the state in another page: `address` is this page's own without `?` and
/// `#`, `link` what `link_of` gives.
[[nodiscard]] std::string embed_code(std::string_view address, std::string_view link);

}  // namespace convoscope::models
