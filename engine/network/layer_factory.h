#pragma once

#include <memory>

#include "engine/core/result.h"
#include "engine/layers/layer.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// Makes the layer that a specification describes, for the shape of its input. The only place that
/// knows all layer types.
/// Returns error when: the attributes do not fit the shape; without the layer's name.
[[nodiscard]] Result<std::unique_ptr<Layer>> make_layer(const LayerAttributes& attributes,
                                                        const Shape& input);

}  // namespace convoscope
