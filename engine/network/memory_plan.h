#pragma once

#include <vector>

#include "engine/core/index.h"

namespace convoscope {

/// A buffer that is needed from one moment to another, both counted.
struct PlannedBuffer {
    Index count = 0;
    Index first = 0;
    Index last = 0;
    Index offset = 0;  ///< answered by the plan
};

/// Places buffers so that those alive at the same moment do not overlap and the rest share memory:
/// largest first, each into the lowest gap that is free during its whole life.
/// Offsets and the total, which is returned, are in floats and on cache lines.
Index plan_memory(std::vector<PlannedBuffer>& buffers);

}  // namespace convoscope
