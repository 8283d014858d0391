#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/optimizers/optimizer.h"

namespace convoscope::models {

/// Several optimisers, one after the other, from the same weights on the same batches. Each is a
/// run of its own among the kept ones; the last is the present run when the race is over.
struct Race {
    /// What is waited for.
    enum class Waiting : std::uint8_t { moment, start, end, validation };

    std::vector<OptimizerSettings> lanes;  ///< empty: there is no race
    std::size_t lane = 0;
    std::int64_t start_step = 0;
    int steps = 0;  ///< of each lane
    std::int64_t moment = 0;
    Waiting waiting = Waiting::moment;

    [[nodiscard]] bool on() const { return !lanes.empty(); }
};

}  // namespace convoscope::models
