#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// x · Φ(x), where Φ is the normal distribution function; `torch.nn.GELU`.
/// Source: Hendrycks, Gimpel, "Gaussian Error Linear Units (GELUs)", 2016.
struct GeluSpec {
    /// Φ(x) ≈ (1 + tanh(√(2/π)·(x + 0.044715·x³))) / 2; PyTorch's `approximate="tanh"`.
    bool tanh_approximation = false;
};

[[nodiscard]] std::unique_ptr<Layer> make_gelu_layer(const GeluSpec& spec, const Shape& input);

}  // namespace convoscope
