#pragma once

#include <memory>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// A volume as a flat vector in PyTorch's order, `torch.nn.Flatten`: copies `[h][w][c]` to
/// `[c][h][w]`, whole lane blocks at a time.
[[nodiscard]] std::unique_ptr<Layer> make_flatten_layer(const Shape& input);

}  // namespace convoscope
