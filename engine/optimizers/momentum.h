#pragma once

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// v = momentum·v + (1 - dampening)·(g + weight_decay·p), the first v = g + weight_decay·p;
/// p = p - learning_rate·v. Source: `torch.optim.SGD` with momentum, not Nesterov.
void momentum_update(const OptimizerSettings& settings,
                     const OptimizerStep& step,
                     Index begin,
                     Index end);

}  // namespace convoscope
