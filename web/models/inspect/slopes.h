#pragma once

#include <optional>

#include "web/models/inspect/neuron.h"

namespace convoscope::models::inspect {

/// dy/dx of a layer that passes each number on by itself, from x to y; nothing where it is not
/// known here.
[[nodiscard]] std::optional<double> slope_of(
    const Values& values, const LayerSpec& layer, Index channel, double x, double y);

}  // namespace convoscope::models::inspect
