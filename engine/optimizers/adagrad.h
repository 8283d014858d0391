#pragma once

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// With g including weight_decay·p: s = s + g²; p = p - learning_rate·g / (sqrt(s) + epsilon).
/// Source: `torch.optim.Adagrad` without learning rate decay; Duchi, Hazan and Singer 2011.
void adagrad_update(const OptimizerSettings& settings,
                    const OptimizerStep& step,
                    Index begin,
                    Index end);

}  // namespace convoscope
