#pragma once

#include <cstdint>
#include <string>

namespace convoscope::widgets {

/// Numbers as the design writes them: U+2212 minus, comma between thousands.

/// 4,718,592; from ten million on 15.47 M, 15.47 G.
[[nodiscard]] std::string integer_text(std::int64_t value);

/// With exactly `decimals` places: 0.037, −1.20. NaN and infinities read "NaN", "∞", "−∞".
[[nodiscard]] std::string decimal_text(double value, int decimals);

/// Shortest with `digits` significant ones and no trailing zeros: 0.05, 0.0005, 1.66, 3·10⁻⁷.
[[nodiscard]] std::string significant_text(double value, int digits = 3);

/// As in narrow cells: .83, −.5, 1.2; the leading zero is dropped.
[[nodiscard]] std::string cell_text(double value, int decimals = 2);

/// A share as "98.84 %".
[[nodiscard]] std::string percent_text(double share, int decimals);

/// 850 ms, 8.4 s, 2 min 05 s.
[[nodiscard]] std::string duration_text(double seconds);
/// Of what is left of a piece of work: "4 s to go", in whole seconds, rounded up.
[[nodiscard]] std::string to_go_text(double seconds);

/// 512 B, 11.5 MB (decimal units).
[[nodiscard]] std::string bytes_text(double bytes);

/// The power of ten that numbers up to a magnitude are to be written in, so that two decimals tell
/// them apart; 0 where they can stay as they are.
[[nodiscard]] int readable_power(double greatest);
/// "10⁻⁷"
[[nodiscard]] std::string power_text(int exponent);

/// Replace a leading or embedded ASCII '-' before a digit by U+2212.
[[nodiscard]] std::string true_minus(std::string text);

}  // namespace convoscope::widgets
