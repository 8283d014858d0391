#pragma once

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// With g including weight_decay·p, and step t counted from 1:
///
///     m = beta1·m + (1-beta1)·g        v = beta2·v + (1-beta2)·g²
///     p = p - learning_rate · m/(1-beta1^t) / (sqrt(v/(1-beta2^t)) + epsilon)
///
/// Source: `torch.optim.Adam`; Kingma and Ba 2015, algorithm 1.
void adam_update(const OptimizerSettings& settings,
                 const OptimizerStep& step,
                 Index begin,
                 Index end);

}  // namespace convoscope
