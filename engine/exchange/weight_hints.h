#pragma once

#include <span>
#include <string>

#include "engine/exchange/safetensors.h"
#include "engine/network/network.h"

namespace convoscope {

/// The rest of a sentence about weights that do not fit: for a missing tensor one of the same shape
/// under another name, for a wrong shape where a linear layer's inputs come from, and the smallest
/// changes of the network with which the file would fit. Empty when nothing helps.
[[nodiscard]] std::string weight_hint(std::span<const Tensor> tensors, const Network& network);

}  // namespace convoscope
