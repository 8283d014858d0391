#pragma once

#include "web/models/inspect/neuron.h"

namespace convoscope::models::inspect {

/// Finds what the neuron's base layer reads for its place, and the rule by which it makes a number
/// of that: fills in rule, patches with their sums, bias and divisor. False when a tensor that it
/// needs is not there.
[[nodiscard]] bool collect_patches(const Values& values, Index layer, Neuron& neuron);

}  // namespace convoscope::models::inspect
