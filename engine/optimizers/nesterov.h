#pragma once

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// With g including weight_decay·p: v = momentum·v + g; p = p - learning_rate·(g + momentum·v).
/// Source: `torch.optim.SGD` with `nesterov=True`; Sutskever et al. 2013.
void nesterov_update(const OptimizerSettings& settings,
                     const OptimizerStep& step,
                     Index begin,
                     Index end);

}  // namespace convoscope
