#pragma once

#include <string>

#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope {

/// A Python module that builds the same network with Keras 3, in its own order of axes (channels
/// last). Padding is written out where Keras has only "same" and "valid".
/// Returns error when: Keras has no such layer, or its own rounds or groups otherwise; the message
/// names the layer and the attribute.
/// Expects: the network was built from a file.
[[nodiscard]] Result<std::string> keras_code(const Network& network);

}  // namespace convoscope
