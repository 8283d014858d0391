#pragma once

#include <memory>
#include <span>

#include "engine/core/index.h"
#include "engine/kernels/conv2d_geometry.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// A way to compute a convolution and its gradients. All ways give the same numbers but for
/// rounding; which one is taken depends on the geometry alone. Private to `layers/`.
/// Weights are in the engine's order; activations `[row][column][channel][lane]`.
class Conv2dMethod {
  public:
    Conv2dMethod() = default;
    Conv2dMethod(const Conv2dMethod&) = delete;
    Conv2dMethod& operator=(const Conv2dMethod&) = delete;
    virtual ~Conv2dMethod() = default;

    [[nodiscard]] virtual Index packed_floats() const = 0;
    /// Of any one call.
    [[nodiscard]] virtual Index scratch_floats() const = 0;

    /// As `Layer::pack`.
    virtual void pack(std::span<const float> weights,
                      std::span<float> packed,
                      const PackShare& share) const = 0;
    /// output = start + convolution of `input`; `start` has one number a channel, or is empty:
    /// zeros.
    virtual void forward(std::span<const float> packed,
                         std::span<const float> start,
                         std::span<const float> input,
                         std::span<float> scratch,
                         std::span<float> output) const = 0;
    /// d_input = start + transposed convolution of `d_output`; `start` as in `forward`.
    virtual void backward_input(std::span<const float> packed,
                                std::span<const float> start,
                                std::span<const float> d_output,
                                std::span<float> scratch,
                                std::span<float> d_input) const = 0;
    /// Adds to `d_weights`.
    virtual void backward_weights(std::span<const float> input,
                                  std::span<const float> d_output,
                                  std::span<float> scratch,
                                  std::span<float> d_weights) const = 0;
};

/// A sum of products for every output, for any geometry (gather.h).
[[nodiscard]] std::unique_ptr<Conv2dMethod> make_direct_conv2d(
    const kernels::Conv2dGeometry& geometry);

/// Winograd's minimal filtering (winograd.h). Expects: kernels::winograd_wins(geometry).
[[nodiscard]] std::unique_ptr<Conv2dMethod> make_winograd_conv2d(
    const kernels::Conv2dGeometry& geometry);

}  // namespace convoscope
