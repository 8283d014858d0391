#pragma once

#include <memory>
#include <span>

#include "engine/core/result.h"
#include "engine/layers/layer.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// Makes the layer that a specification describes, for the shapes of its inputs. The only place
/// that knows all layer types.
/// Returns error when: the attributes do not fit the shapes; without the layer's name.
/// Expects: the inputs of a join fit together, see join_shapes.h.
[[nodiscard]] Result<std::unique_ptr<Layer>> make_layer(const LayerAttributes& attributes,
                                                        std::span<const Shape> inputs);

}  // namespace convoscope
