#pragma once

#include "engine/core/index.h"

namespace convoscope::bench {

/// The rate of kernels::multiply_add_only on so many threads at once, by the time of the slowest.
[[nodiscard]] double multiply_add_gigaflops(int thread_count, Index steps);

}  // namespace convoscope::bench
