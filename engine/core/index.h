#pragma once

#include <cstddef>

namespace convoscope {

/// Every extent, offset and count of a tensor: signed, because padding arithmetic goes below zero.
using Index = std::ptrdiff_t;

}  // namespace convoscope
