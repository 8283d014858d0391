#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// 1 / (1 + e^-x), `torch.nn.Sigmoid`.
[[nodiscard]] std::unique_ptr<Layer> make_sigmoid_layer(const Shape& input);

}  // namespace convoscope
