#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The hyperbolic tangent, `torch.nn.Tanh`.
[[nodiscard]] std::unique_ptr<Layer> make_tanh_layer(const Shape& input);

}  // namespace convoscope
