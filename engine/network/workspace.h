#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/core/arena.h"
#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"

namespace convoscope {

/// Represents the memory of one thread for one micro-batch, and runs the network in it, depth
/// first: all layers of `kLanes` images before the next images, so that activations stay in cache.
/// Ensures: nothing is allocated after `create`.
class Workspace {
  public:
    /// Both must outlive the workspace. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> create(const Network& network,
                                                                   const ExecutionPlan& plan);

    /// Says where this micro-batch's kept values lie. Expects: `plan.kept_floats` floats.
    void bind_kept(std::span<float> kept);

    /// Activations of a value, `[row][column][channel][lane]`; value 0 is written by the caller.
    [[nodiscard]] std::span<float> value(Index value) const;
    [[nodiscard]] std::span<float> input() const { return value(0); }
    [[nodiscard]] std::span<float> output() const { return value(network_.layer_count()); }
    /// The gradient of a value; empty where the plan has none.
    [[nodiscard]] std::span<float> gradient(Index value) const;
    [[nodiscard]] std::span<float> d_output() const { return gradient(network_.layer_count()); }

    void forward(bool training);
    /// Expects: `forward(true)` and `d_output()` written. Gradients of parameters go to one shard
    /// (`network.shard_count()` floats): overwritten, or added to with `accumulate`.
    void backward(std::span<float> shard, bool accumulate);

    [[nodiscard]] std::span<float> scratch() const { return memory_.get(scratch_); }
    [[nodiscard]] Index memory_bytes() const { return memory_.size_bytes(); }

  private:
    Workspace(const Network& network, const ExecutionPlan& plan) : network_(network), plan_(plan) {}
    [[nodiscard]] std::span<float> storage(Index index) const;
    [[nodiscard]] std::span<std::byte> saved(Index layer) const;
    void backward_layer(Index layer, std::span<float> shard, bool accumulate);

    const Network& network_;
    const ExecutionPlan& plan_;
    Arena memory_;
    ArenaSlot<float> activations_;
    ArenaSlot<std::byte> saved_;
    ArenaSlot<float> scratch_;
    ArenaSlot<float> sum_;
    std::span<float> kept_;
    std::vector<std::span<const float>> inputs_;  ///< of the layer at work
    std::vector<std::span<float>> d_inputs_;
    std::vector<bool> written_;  ///< values whose gradient has its first summand
};

}  // namespace convoscope
