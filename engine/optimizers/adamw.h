#pragma once

#include "engine/core/index.h"
#include "engine/optimizers/optimizer.h"

namespace convoscope {

/// Weights shrink apart from the gradient, and then move as with Adam, whose g is the bare
/// gradient:
///
///     p = p - learning_rate·weight_decay·p
///
/// Source: `torch.optim.AdamW`; Loshchilov and Hutter 2019, algorithm 2.
void adamw_update(const OptimizerSettings& settings,
                  const OptimizerStep& step,
                  Index begin,
                  Index end);

}  // namespace convoscope
