#pragma once

#include <string_view>

namespace convoscope::models::convolve {

/// assets/convolve/catalogue.json, as it stands.
[[nodiscard]] std::string_view catalogue_text();

}  // namespace convoscope::models::convolve
