#pragma once

#include <cstddef>
#include <vector>

#include "engine/network/network.h"

namespace convoscope {

/// The network with its present weights as an ONNX file (operators of version 17), for inference:
/// input `input` `[batch, c, h, w]`, output `output`.
/// Expects: the network was built from a file.
[[nodiscard]] std::vector<std::byte> onnx_file(const Network& network);

}  // namespace convoscope
