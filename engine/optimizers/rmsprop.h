#pragma once

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// With g including weight_decay·p:
///
///     s = alpha·s + (1 - alpha)·g²
///     v = momentum·v + g / (sqrt(s) + epsilon)
///     p = p - learning_rate·v
///
/// Source: `torch.optim.RMSprop`, not centred; Tieleman and Hinton 2012, lecture 6.5.
void rmsprop_update(const OptimizerSettings& settings,
                    const OptimizerStep& step,
                    Index begin,
                    Index end);

}  // namespace convoscope
