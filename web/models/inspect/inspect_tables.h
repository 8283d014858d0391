#pragma once

#include <span>
#include <string>
#include <vector>

#include "web/models/captured_tensor.h"
#include "web/models/inspect/inspect_model.h"
#include "web/models/table.h"

namespace convoscope::models::inspect {

/// The opened patch of a neuron or, backwards, of a gradient: a row a product. Empty: nothing is
/// opened. `type` is the class that the gradients are about.
[[nodiscard]] std::vector<Table> tables_of(const Model& model,
                                           const std::vector<CapturedTensor>& snapshot,
                                           int type);

/// The whole sum as CSV, with all digits: `channel,row,column,input,weight,product`, a line a
/// product; row and column are empty where no number is, and the weight where a number is taken as
/// it is.
[[nodiscard]] std::string sum_csv(std::span<const Patch> patches);

/// The patches of what is opened: of the neuron or, backwards, of the gradient.
[[nodiscard]] std::vector<Patch> opened_sum(const Model& model,
                                            const std::vector<CapturedTensor>& snapshot,
                                            int type);

}  // namespace convoscope::models::inspect
