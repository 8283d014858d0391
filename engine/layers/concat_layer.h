#pragma once

#include <memory>
#include <span>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The channels of all inputs one after another; `torch.cat(inputs, dim=1)`.
/// Expects: two or more inputs of the same height and width, all flat or none.
[[nodiscard]] std::unique_ptr<Layer> make_concat_layer(std::span<const Shape> inputs);

}  // namespace convoscope
