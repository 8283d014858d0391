#pragma once

#include <span>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// What a layer adds whose every output depends on all images of the batch (batch norm, while
/// training).
///
/// The whole batch arrives at such a layer before any of it goes on. Forward: each micro-batch
/// gathers its statistics; they are combined, once; then `Layer::forward` of each micro-batch gets
/// the combined ones. Backward the same, with `Layer::backward`.
/// Ensures: a combination is computed in the batch's order, so it depends on no thread.
class BatchCoupling {
  public:
    BatchCoupling() = default;
    BatchCoupling(const BatchCoupling&) = delete;
    BatchCoupling& operator=(const BatchCoupling&) = delete;
    virtual ~BatchCoupling() = default;

    /// Numbers in one micro-batch's statistics and in the combined ones, forward as well as
    /// backward.
    [[nodiscard]] virtual Index statistics_count() const = 0;

    /// Returns error when: a batch of so many images has no statistics.
    [[nodiscard]] virtual Status check_batch(Index images) const = 0;

    /// Overwrites `statistics` from the inputs of a micro-batch.
    virtual void gather(const ForwardPass& pass, std::span<double> statistics) const = 0;
    /// Overwrites `statistics` from `d_output`, and `d_parameters` as `Layer::backward` would,
    /// which then leaves them alone.
    virtual void gather(const BackwardPass& pass, std::span<double> statistics) const = 0;

    /// Overwrites `combined` from `[micro-batch][statistics_count]`.
    virtual void combine_forward(std::span<const double> gathered,
                                 std::span<double> combined) const = 0;
    virtual void combine_backward(std::span<const double> gathered,
                                  std::span<double> combined) const = 0;

    /// What the combined statistics of a forward pass do to the layer's buffers.
    virtual void update_buffers(std::span<const double> combined,
                                std::span<float> buffers) const = 0;
};

}  // namespace convoscope
