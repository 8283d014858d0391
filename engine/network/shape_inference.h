#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"
#include "engine/network/network_spec.h"
#include "engine/network/size_limits.h"

namespace convoscope {

/// What the layers of a specification make of each other's shapes, without memory for any number.
struct InferredNetwork {
    std::vector<Shape> shapes;  ///< of the values: the input, then of each layer that fits
    std::vector<std::vector<ParameterInfo>> parameters;  ///< of each layer that fits
    std::optional<Error> misfit;  ///< why the layer after these does not fit; without its name
    Index layer_count = 0;        ///< of the specification

    [[nodiscard]] Index fitting_layers() const { return static_cast<Index>(parameters.size()); }
    [[nodiscard]] Index remaining_layers() const { return layer_count - fitting_layers(); }
};

/// Makes one layer of a specification from the shapes of the values before it.
/// Returns error when: the shapes do not fit, or the layer is too large; without its name.
[[nodiscard]] Result<std::unique_ptr<Layer>> infer_layer(const NetworkSpec& spec,
                                                         Index layer,
                                                         std::span<const Shape> shapes,
                                                         const SizeLimits& limits = kRunnableSize);

[[nodiscard]] InferredNetwork infer_network(const NetworkSpec& spec,
                                            const SizeLimits& limits = kRunnableSize);

}  // namespace convoscope
