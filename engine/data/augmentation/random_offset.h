#pragma once

#include "engine/core/index.h"
#include "engine/core/random.h"

namespace convoscope {

/// A whole number uniform in [-most, most].
inline Index random_offset(Random& random, Index most) {
    return static_cast<Index>(random.below(static_cast<std::uint64_t>(2 * most + 1))) - most;
}

}  // namespace convoscope
