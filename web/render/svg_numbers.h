#pragma once

#include <string>

namespace convoscope::render {

/// Appends a length with at most two decimals.
void append_length(std::string& svg, float value);

/// Appends ` fill="#rrggbb"`, and the opacity where it is not whole. `color`: Dear ImGui's.
void append_fill(std::string& svg, unsigned color);

/// Appends `#rrggbb`.
void append_color(std::string& svg, unsigned color);

/// 0 to 1.
[[nodiscard]] float opacity(unsigned color);

}  // namespace convoscope::render
