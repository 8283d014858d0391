#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// x where x > 0, else negative_slope · x; `torch.nn.LeakyReLU`.
struct LeakyReluSpec {
    float negative_slope = 0.01F;
};

[[nodiscard]] std::unique_ptr<Layer> make_leaky_relu_layer(const LeakyReluSpec& spec,
                                                           const Shape& input);

}  // namespace convoscope
