#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <functional>

#include "web/widgets/tokens.h"

namespace convoscope::widgets {

/// The greatest magnitude of a range, where a scale ends; 0 of an empty one. `number` takes it out
/// of an element.
template <class Range, class Number = std::identity>
[[nodiscard]] double greatest_magnitude(const Range& range, Number number = {}) {
    double greatest = 0.0;
    for (const auto& element : range) {
        greatest = std::max(greatest, std::abs(static_cast<double>(std::invoke(number, element))));
    }
    return greatest;
}

/// The colour at `t` (0 to 1) of a scale.
[[nodiscard]] Color at(const Ramp& ramp, float t);

/// A signed value on the diverging scale that is symmetric about zero.
[[nodiscard]] Color diverging(const Theme& theme, float value, float max_magnitude);

/// A value on the sequential scale from 0 to `max`; an exact zero has its own colour.
[[nodiscard]] Color sequential(const Theme& theme, float value, float max);

/// The hue of a value: `ink`, its quantity's, and below zero the lower end of the diverging scale.
template <std::floating_point Value>
[[nodiscard]] Color ink_of_sign(const Theme& theme, Color ink, Value value) {
    return value < 0 ? theme.diverging.front() : ink;
}

/// Fill of a cell of quantity `ink` by its share (-1 to 1) of the greatest magnitude.
[[nodiscard]] Color cell_fill(const Theme& theme, Color ink, float share);

/// Likewise of a cell whose number was computed.
[[nodiscard]] Color computed_fill(const Theme& theme, Color ink, float share);

/// The identity of a weight: its place in the kernel is its place in a warm gradient.
[[nodiscard]] Color weight_identity(const Theme& theme, int row, int column, int rows, int columns);

/// 256 RGB triples, to upload as a shader's look-up texture.
using LookUp = std::array<std::uint8_t, 256 * 3>;
[[nodiscard]] LookUp look_up(const Ramp& ramp);

}  // namespace convoscope::widgets
