#pragma once

#include <span>

#include "web/models/inspect/neuron.h"

namespace convoscope::models::inspect {

/// Finds what the neuron's base layer reads for its place, and the rule by which it makes a number
/// of that: fills in rule, patches with their sums, bias and divisor. False when a tensor that it
/// needs is not there.
[[nodiscard]] bool collect_patches(const Values& values, Index layer, Neuron& neuron);

/// Brings the patch's sum up to date.
void add_up(Patch& patch);

/// A row of numbers in lines of about equal length, without weights.
[[nodiscard]] Patch folded(Index value, std::span<const float> numbers);

}  // namespace convoscope::models::inspect
