#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// A fully connected layer over a flat vector; `torch.nn.Linear`.
struct LinearSpec {
    Index out_features = 1;
    bool bias = true;
};

/// Returns error when: `out_features` is not positive, or the input is a volume with more than one
/// row or column (PyTorch wants a `flatten` before it).
[[nodiscard]] Status check_linear(const LinearSpec& spec, const Shape& input);

/// Expects: check_linear(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_linear_layer(const LinearSpec& spec, const Shape& input);

}  // namespace convoscope
