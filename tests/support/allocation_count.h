#pragma once

#include <cstdint>

namespace convoscope::test {

/// What the test program has asked of `operator new`, on all threads, since it began.
struct AllocationCount {
    std::int64_t made = 0;  ///< calls of `new`
    std::int64_t live = 0;  ///< those not yet deleted
};

[[nodiscard]] AllocationCount allocation_count();

}  // namespace convoscope::test
