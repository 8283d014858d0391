#pragma once

#include <cstddef>

namespace convoscope {

/// Every extent, offset and count of a tensor: signed, because padding arithmetic goes below zero.
using Index = std::ptrdiff_t;

/// The same place in a standard container. Expects: not negative.
[[nodiscard]] constexpr std::size_t at(Index index) {
    return static_cast<std::size_t>(index);
}

}  // namespace convoscope
