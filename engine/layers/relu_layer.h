#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// max(x, 0), `torch.nn.ReLU`; the gradient at 0 is 0.
[[nodiscard]] std::unique_ptr<Layer> make_relu_layer(const Shape& input);

}  // namespace convoscope
