#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/core/arena.h"
#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/window.h"
#include "engine/layers/layer.h"
#include "engine/network/batch_statistics.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"

namespace convoscope {

/// How a micro-batch goes through a network.
struct PassContext {
    bool training = false;  ///< dropout drops, batch norm takes the batch's statistics
    BatchPosition position;
    const BatchStatistics* statistics = nullptr;  ///< wanted for training with batch norm
};

/// Represents the memory of one micro-batch, and runs the network in it, depth first: all layers of
/// `kLanes` images before the next images, so that activations stay in cache; or, where a layer
/// waits for the whole batch, a range of layers at a time.
/// Ensures: nothing is allocated after `create`.
class Workspace {
  public:
    /// A lent scratch is bound before every run, so that many workspaces share a thread's.
    enum class Scratch { own, lent };

    /// Both must outlive the workspace. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> create(const Network& network,
                                                                   const ExecutionPlan& plan,
                                                                   Scratch scratch = Scratch::own);

    /// Says where this micro-batch's kept values lie. Expects: `plan.kept_floats` floats.
    void bind_kept(std::span<float> kept);
    /// Expects: `plan.scratch_floats + plan.sum_floats` floats.
    void bind_scratch(std::span<float> scratch);

    /// Activations of a value, `[row][column][channel][lane]`; value 0 is written by the caller.
    [[nodiscard]] std::span<float> value(Index value) const;
    [[nodiscard]] std::span<float> input() const { return value(0); }
    [[nodiscard]] std::span<float> output() const { return value(network_.layer_count()); }
    /// The gradient of a value; empty where the plan has none.
    [[nodiscard]] std::span<float> gradient(Index value) const;
    [[nodiscard]] std::span<float> d_output() const { return gradient(network_.layer_count()); }

    /// Layers [begin, end), or all. Expects: the layers before have run; in training, combined
    /// statistics of the range's coupled layers.
    void forward(const PassContext& context, IndexRange layers);
    void forward(const PassContext& context) { forward(context, {0, network_.layer_count()}); }

    /// Layers end - 1 … begin, or all; the last layer begins a backward pass anew.
    /// Expects: `forward` with the same context, `d_output()` written. Gradients of parameters go
    /// to one shard (`network.shard_count()` floats): overwritten, or added to with `accumulate`.
    void backward(const PassContext& context,
                  IndexRange layers,
                  std::span<float> shard,
                  bool accumulate);
    void backward(const PassContext& context, std::span<float> shard, bool accumulate) {
        backward(context, {0, network_.layer_count()}, shard, accumulate);
    }

    /// From the gradient of any value, written by the caller: the layers that lead to it, each
    /// gradient overwritten. Those that do not lead to it, and their shares of the shard, are left
    /// as they are.
    void backward_from(const PassContext& context, Index value, std::span<float> shard);

    /// A coupled layer's statistics of this micro-batch, from its inputs.
    void gather_forward(const PassContext& context, Index layer, std::span<double> statistics);
    /// The same from its output's gradient; its parameters' gradients go to the shard.
    void gather_backward(const PassContext& context,
                         Index layer,
                         std::span<double> statistics,
                         std::span<float> shard,
                         bool accumulate);

    [[nodiscard]] Index memory_bytes() const { return memory_.size_bytes(); }

  private:
    /// A gradient that waits to be added to what other readers of the value left.
    struct Addend {
        std::span<float> sum;
        std::span<const float> summand;
    };

    Workspace(const Network& network, const ExecutionPlan& plan) : network_(network), plan_(plan) {}
    [[nodiscard]] std::span<float> storage(Index index) const;
    [[nodiscard]] std::span<std::byte> saved(Index layer) const;
    [[nodiscard]] std::span<float> scratch() const;
    [[nodiscard]] std::span<float> aside() const;
    [[nodiscard]] ForwardPass forward_pass(const PassContext& context, Index layer);
    /// Without `d_inputs`.
    [[nodiscard]] BackwardPass backward_pass(const PassContext& context,
                                             Index layer,
                                             std::span<float> shard,
                                             bool accumulate);
    void gather_inputs(Index layer);
    void backward_layer(const PassContext& context,
                        Index layer,
                        std::span<float> shard,
                        bool accumulate);
    void place_input_gradients(Index layer);
    void add_asides();

    const Network& network_;
    const ExecutionPlan& plan_;
    Arena memory_;
    ArenaSlot<float> activations_;
    ArenaSlot<std::byte> saved_;
    std::span<float> scratch_;
    std::span<float> kept_;
    std::vector<std::span<const float>> inputs_;  ///< of the layer at work
    std::vector<std::span<float>> d_inputs_;
    std::vector<Addend> addends_;
    std::vector<bool> written_;  ///< values whose gradient has its first summand
};

}  // namespace convoscope
