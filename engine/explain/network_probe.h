#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/batch_memory.h"
#include "engine/network/execution_plan.h"
#include "engine/network/network.h"
#include "engine/network/workspace.h"

namespace convoscope {

/// Represents a network held open: one micro-batch in it, with every value and every gradient
/// readable, as it is when it is evaluated (no dropout, running statistics).
/// Values are numbered as in `Network`; all spans are `[row][column][channel][lane]`.
class NetworkProbe {
  public:
    /// `network` must outlive the probe. Returns error when there is no memory.
    [[nodiscard]] static Result<std::unique_ptr<NetworkProbe>> create(const Network& network);

    [[nodiscard]] const Network& network() const { return network_; }

    /// Written by the caller before `forward`.
    [[nodiscard]] std::span<float> input() const { return workspace_->input(); }
    [[nodiscard]] std::span<float> value(Index value) const { return workspace_->value(value); }
    [[nodiscard]] std::span<float> output() const { return workspace_->output(); }
    /// One image `[c][h][w]`, already preprocessed, in every lane or in one with zeros beside it.
    void fill(std::span<const float> image, bool every_lane);
    /// Computes every value after `value`, which may have been changed.
    void forward(Index value = 0);
    /// One number of the output: the score of a class, where it has classes.
    [[nodiscard]] float score(Index type, Index lane = 0) const;

    /// The gradient of a value, all zeros, for the caller to begin with.
    [[nodiscard]] std::span<float> begin_gradient(Index value);
    /// Gradients of all values before it, and of the parameters, from that of `value`; zero where
    /// nothing leads to it.
    void backward(Index value);
    /// `begin_gradient` and `backward` for one number of the output, in every lane or in the first.
    void backward_score(Index type, bool every_lane = false);
    [[nodiscard]] std::span<const float> gradient(Index value) const;
    /// In PyTorch's order, summed over the lanes, one tensor a `network().named_parameters()`.
    [[nodiscard]] std::vector<std::vector<float>> parameter_gradients();

    /// One lane of a value, or of its gradient, as `[c][h][w]`.
    [[nodiscard]] std::vector<float> value_of_lane(Index value, Index lane = 0) const;
    [[nodiscard]] std::vector<float> gradient_of_lane(Index value, Index lane = 0) const;

  private:
    explicit NetworkProbe(const Network& network);

    const Network& network_;
    ExecutionPlan plan_;
    std::unique_ptr<BatchMemory> batch_;
    std::unique_ptr<Workspace> workspace_;
};

}  // namespace convoscope
