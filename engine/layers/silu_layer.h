#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// x · sigmoid(x), `torch.nn.SiLU`.
[[nodiscard]] std::unique_ptr<Layer> make_silu_layer(const Shape& input);

}  // namespace convoscope
