#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// e^x_c / sum over all channels of e^x_j, at each position by itself; `torch.nn.Softmax(dim=1)`.
[[nodiscard]] std::unique_ptr<Layer> make_softmax_layer(const Shape& input);

}  // namespace convoscope
