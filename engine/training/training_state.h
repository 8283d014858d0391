#pragma once

#include <vector>

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"
#include "engine/training/parameter_update.h"

namespace convoscope {

/// Everything that training changes in a trainer, in the engine's order: with the settings and the
/// sampler's position, training goes on from here as if it had never stopped.
struct TrainingState {
    std::vector<float> parameters;
    std::vector<float> buffers;  ///< running statistics
    OptimizerType optimizer = OptimizerType::sgd;
    OptimizerState optimizer_state;
    Index steps = 0;

    [[nodiscard]] Index memory_bytes() const {
        const std::size_t floats = parameters.size() + buffers.size() +
                                   optimizer_state.values[0].size() +
                                   optimizer_state.values[1].size();
        return static_cast<Index>(floats * sizeof(float));
    }
    bool operator==(const TrainingState&) const = default;
};

}  // namespace convoscope
