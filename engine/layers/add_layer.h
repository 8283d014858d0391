#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The sum of two or more inputs of one shape, element by element, in their order; `torch.add`.
/// Expects: inputs >= 2.
[[nodiscard]] std::unique_ptr<Layer> make_add_layer(Index inputs, const Shape& shape);

}  // namespace convoscope
