#pragma once

#include <string>

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

// What the lens on the matrix says in words.

/// "16 × 49, 144 of 784 entries not empty".
[[nodiscard]] std::string matrix_caption(const Context& context);
[[nodiscard]] std::string matrix_title(const Context& context);
/// What is multiplied, and what it gives: "C · input = output".
[[nodiscard]] std::string product_text(const Context& context);
/// "Entry [5, 12] is weight [1, 2] = -2: through it output [1, 1] reads input [1, 5]."
[[nodiscard]] std::string explain_entry(const Context& context, Index row, Index column);

}  // namespace convoscope::rooms::convolve
