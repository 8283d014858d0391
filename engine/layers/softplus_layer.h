#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// ln(1 + e^(beta·x)) / beta, and x itself where beta·x > 20; `torch.nn.Softplus`.
struct SoftplusSpec {
    float beta = 1.0F;
};

[[nodiscard]] std::unique_ptr<Layer> make_softplus_layer(const SoftplusSpec& spec,
                                                         const Shape& input);

}  // namespace convoscope
