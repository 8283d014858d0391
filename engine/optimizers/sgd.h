#pragma once

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// p = p - learning_rate·(g + weight_decay·p). Source: `torch.optim.SGD`.
void sgd_update(const OptimizerSettings& settings,
                const OptimizerStep& step,
                Index begin,
                Index end);

}  // namespace convoscope
