#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/exchange/safetensors.h"
#include "engine/network/network.h"

namespace convoscope {

/// A network's parameters and running statistics as its PyTorch `state_dict`, in its order.
[[nodiscard]] std::vector<Tensor> network_tensors(const Network& network);

/// Sets all parameters and running statistics, and packs.
/// Returns error when: a tensor is missing, unexpected or of another shape or type; it is named,
/// and nothing has changed. `num_batches_tracked` is ignored.
[[nodiscard]] Status load_tensors(std::span<const Tensor> tensors,
                                  const std::string& file,
                                  Network& network);

}  // namespace convoscope
