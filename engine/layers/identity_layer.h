#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The input as it is, `torch.nn.Identity`.
[[nodiscard]] std::unique_ptr<Layer> make_identity_layer(const Shape& input);

}  // namespace convoscope
