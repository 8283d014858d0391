#pragma once

#include <cstdint>
#include <span>

#include "web/widgets/fonts.h"

namespace convoscope::widgets {

/// The signs that a style is baked with: first and last of each range in turn, and a 0 at the end,
/// as Dear ImGui reads them. What is not among them is drawn as "?".
[[nodiscard]] std::span<const std::uint16_t> signs_of(FontStyle style);

[[nodiscard]] bool has_sign(FontStyle style, char32_t sign);

}  // namespace convoscope::widgets
