#pragma once

#include <span>

#include "engine/core/index.h"

namespace convoscope {

enum class OptimizerType { sgd, momentum, adam };

/// PyTorch's meaning of each: `torch.optim.SGD` (dampening 0, no Nesterov) and `torch.optim.Adam`.
struct OptimizerSettings {
    OptimizerType type = OptimizerType::sgd;
    double learning_rate = 0.01;
    double momentum = 0.9;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 0.0;
};

/// Floats of state a parameter has: 0 for SGD, 1 for momentum, 2 for Adam.
[[nodiscard]] Index optimizer_state_count(OptimizerType type);

/// One step's operands, all of one length; state that the type lacks stays empty. State starts as
/// zeros.
struct OptimizerStep {
    std::span<float> parameters;
    std::span<const float> gradient;
    std::span<float> first_state;   ///< momentum's velocity, Adam's mean of gradients
    std::span<float> second_state;  ///< Adam's mean of squared gradients
    Index step = 1;                 ///< counted from 1
};

/// Updates elements [begin, end) of parameters and state in place; no element depends on another,
/// so threads may share one step in any split.
void optimizer_update(const OptimizerSettings& settings,
                      const OptimizerStep& step,
                      Index begin,
                      Index end);

}  // namespace convoscope
