#pragma once

#include <memory>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// Divides each number by what its neighbouring channels amount to; `torch.nn.LocalResponseNorm`.
///
///     y_c = x_c / (k + alpha/size · sum of x_j² over j = c - ⌊size/2⌋ … c + ⌊(size-1)/2⌋)^beta
///
/// Source: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural
/// Networks", 2012, section 3.3 (where alpha is not divided by size).
struct LocalResponseNormSpec {
    Index size = 1;  ///< channels in a neighbourhood
    float alpha = 1e-4F;
    float beta = 0.75F;
    float k = 1.0F;
};

/// Returns error when: the input is flat.
[[nodiscard]] Status check_local_response_norm(const LocalResponseNormSpec& spec,
                                               const Shape& input);

/// Expects: check_local_response_norm(spec, input).
[[nodiscard]] std::unique_ptr<Layer> make_local_response_norm_layer(
    const LocalResponseNormSpec& spec, const Shape& input);

}  // namespace convoscope
