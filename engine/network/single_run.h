#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/losses/loss.h"
#include "engine/network/network.h"

namespace convoscope {

/// One pass of a whole batch through a network, outside of training: what `convoscope run` does,
/// and what is compared with PyTorch.
struct SingleRunRequest {
    std::span<const float> input;  ///< `[n,c,h,w]`
    Index count = 0;               ///< n
    LossType loss = LossType::none;
    double label_smoothing = 0.0;          ///< cross_entropy
    std::span<const std::int64_t> labels;  ///< cross_entropy: `[n]`
    std::span<const float> target;         ///< mse: the output's shape
    std::span<const float> d_output = {};  ///< a gradient of one's own, instead of a loss
    bool gradients = false;                ///< wants a loss, or `d_output`
    bool training = false;                 ///< batch statistics, dropout
    std::uint64_t seed = 1;                ///< of dropout
};

/// Everything in NCHW and PyTorch's order.
struct SingleRunResult {
    std::vector<float> output;  ///< `[n, output shape]`
    std::optional<float> loss;  ///< mean over the batch; mse: over all elements
    std::vector<float> d_input;
    std::vector<std::vector<float>> d_parameters;  ///< one a `network.named_parameters()`
    std::vector<float> buffers;  ///< as `network.buffers()`, after the batch; training only
};

/// Runs with the parameters that `network` holds. Expects: they are packed.
/// Returns error when: sizes do not fit, a label is out of range, gradients without a loss are
/// asked for, the batch is too small to train with, or there is no memory.
[[nodiscard]] Result<SingleRunResult> single_run(const Network& network,
                                                 const SingleRunRequest& request);

}  // namespace convoscope
