#pragma once

#include <memory>

#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// y = (x - mean) / sqrt(variance + eps)·weight + bias, channel by channel; `torch.nn.BatchNorm2d`.
/// While training mean and variance are those of the whole batch (the variance with 1/n), and the
/// running ones move towards them by `momentum` (the variance with 1/(n - 1)); else the running
/// ones are used. Source: Ioffe and Szegedy 2015.
struct BatchNorm2dSpec {
    double eps = 1e-5;
    double momentum = 0.1;
    bool affine = true;  ///< has `weight` and `bias`
};

/// Returns error when: an attribute is out of range, or the input is flat.
[[nodiscard]] Status check_batch_norm2d(const BatchNorm2dSpec& spec, const Shape& input);

/// Expects: check_batch_norm2d(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_batch_norm2d_layer(const BatchNorm2dSpec& spec,
                                                             const Shape& input);

}  // namespace convoscope
