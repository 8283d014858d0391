#pragma once

#include <string>

#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope {

/// A Python module that builds the same network with `torch.nn`: `model`, an `nn.Sequential` where
/// the network is a chain, otherwise an instance of a class with a `forward`; and `load_weights`,
/// which reads our safetensors file. The `state_dict` has the names and shapes of our weights.
/// Returns error when: a layer's name is one that a module of PyTorch has for itself.
/// Expects: the network was built from a file.
[[nodiscard]] Result<std::string> pytorch_code(const Network& network);

}  // namespace convoscope
