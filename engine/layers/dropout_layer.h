#pragma once

#include <memory>

#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// While training each element becomes 0 with probability p, and is multiplied by 1/(1 - p)
/// otherwise; else the identity; `torch.nn.Dropout`. Source: Srivastava et al. 2014.
/// Which elements are dropped depends on the run's seed, the step, the layer's name, the image's
/// position in the batch and the element alone, not on threads or lanes.
struct DropoutSpec {
    double p = 0.5;
};

/// Returns error when: p is not within 0 and 1.
[[nodiscard]] Status check_dropout(const DropoutSpec& spec);

/// Expects: check_dropout(spec).
[[nodiscard]] std::unique_ptr<Layer> make_dropout_layer(const DropoutSpec& spec,
                                                        const Shape& shape);

}  // namespace convoscope
