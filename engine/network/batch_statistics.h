#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/core/arena.h"
#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope {

/// Represents what the layers that look at the whole batch (`BatchCoupling`) have gathered of one
/// batch: each micro-batch's part, and the combined statistics of the forward and backward pass.
class BatchStatistics {
  public:
    /// The network must outlive this object. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<BatchStatistics>> create(const Network& network,
                                                                         Index micro_batches);

    /// The coupled layers, in the network's order.
    [[nodiscard]] std::span<const Index> layers() const { return layers_; }

    /// Where a micro-batch's part is gathered; forward and backward take turns.
    [[nodiscard]] std::span<double> gathered(Index layer, Index micro_batch) const;
    void combine_forward(Index layer, Index micro_batches) const;
    void combine_backward(Index layer, Index micro_batches) const;
    /// Combined; empty for a layer that is not coupled.
    [[nodiscard]] std::span<double> forward(Index layer) const;
    [[nodiscard]] std::span<double> backward(Index layer) const;

    [[nodiscard]] Index memory_bytes() const { return memory_.size_bytes(); }

  private:
    struct Slots {
        Index count = 0;  ///< numbers of one micro-batch
        ArenaSlot<double> gathered;
        ArenaSlot<double> forward;
        ArenaSlot<double> backward;
    };

    explicit BatchStatistics(const Network& network) : network_(network) {}
    [[nodiscard]] const Slots& slots(Index layer) const;

    const Network& network_;
    Arena memory_;
    std::vector<Index> layers_;
    std::vector<Slots> slots_;  ///< one a layer of the network
};

}  // namespace convoscope
