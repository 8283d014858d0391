#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/core/arena.h"
#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/window.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"

namespace convoscope {

/// Represents what outlives a micro-batch within one batch: the kept values of every micro-batch,
/// from which whole-batch weight gradients are computed, and the gradient shards.
class BatchMemory {
  public:
    /// Both must outlive this object. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<BatchMemory>> create(const Network& network,
                                                                     const ExecutionPlan& plan,
                                                                     Index micro_batches,
                                                                     Index shards,
                                                                     Index threads);

    [[nodiscard]] std::span<float> kept(Index micro_batch) const;
    [[nodiscard]] std::span<float> shard(Index shard) const;
    [[nodiscard]] std::span<const Index> batch_gradient_layers() const { return layers_; }

    /// Gathers where the inputs and output gradients of the whole-batch layers lie, for a batch of
    /// this many micro-batches.
    void begin_weight_gradients(Index micro_batches);
    /// Rows [begin, end) of a layer's gradient; `gradients` is laid out as the network's
    /// parameters.
    void weight_gradient(Index layer, IndexRange rows, Index thread, std::span<float> gradients);
    /// Elements [begin, end) of a layer's gradient as the sum of the first `shards` shards, in
    /// their order.
    void sum_shards(Index layer, IndexRange elements, Index shards, std::span<float> gradients);

    [[nodiscard]] Index memory_bytes() const { return memory_.size_bytes(); }

  private:
    BatchMemory(const Network& network, const ExecutionPlan& plan)
        : network_(network), plan_(plan) {}

    const Network& network_;
    const ExecutionPlan& plan_;
    Arena memory_;
    std::vector<ArenaSlot<float>> kept_;
    std::vector<ArenaSlot<float>> shards_;
    std::vector<ArenaSlot<float>> scratch_;  ///< one a thread
    std::vector<Index> layers_;
    std::vector<std::vector<std::span<const float>>> inputs_;  ///< a layer's, one a micro-batch
    std::vector<std::vector<std::span<const float>>> d_outputs_;
};

}  // namespace convoscope
