#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// x where x > 0, else weight · x with a weight that is trained; `torch.nn.PReLU`.
/// Source: He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015, equation 1.
struct PreluSpec {
    Index num_parameters = 1;  ///< one weight for all channels, or one for each
    float init = 0.25F;        ///< what the weights start at
};

/// Returns error when: num_parameters is neither 1 nor the number of channels.
[[nodiscard]] Status check_prelu(const PreluSpec& spec, const Shape& input);

/// Expects: check_prelu(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_prelu_layer(const PreluSpec& spec, const Shape& input);

}  // namespace convoscope
