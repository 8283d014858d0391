#pragma once

#include <vector>

#include "web/models/run_settings.h"
#include "web/widgets/ui.h"

namespace convoscope::rooms::train {

/// What an optimiser does to a weight after each batch, a line a step, with its numbers: w is the
/// weight, g its gradient, η the learning rate.
/// Source: the formulas of `torch.optim`, as engine/optimizers/ has them; Adam's corrections for
/// the start at 0 are left out.
[[nodiscard]] std::vector<widgets::Runs> equation_of(const OptimizerSettings& optimizer,
                                                     const widgets::Theme& theme);

}  // namespace convoscope::rooms::train
