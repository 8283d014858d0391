#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/network.h"

namespace convoscope {

struct GradientCheckOptions {
    Index images = 3;       ///< of the batch, random numbers in [-1, 1)
    bool training = false;  ///< batch statistics, and dropout with one mask throughout
    std::uint64_t seed = 1;
    double step = 0.01;       ///< of the differences
    Index most_checked = 24;  ///< elements of a tensor, drawn by the seed; smaller ones are whole
};

/// How far one tensor's gradient is from differences of the loss.
struct TensorGradientCheck {
    std::string name;  ///< "input" or a parameter's
    /// The largest |analytic - numeric|, as a share of the tensor's largest gradient.
    double worst_relative_error = 0.0;
    Index worst_element = 0;  ///< in PyTorch's order
    double analytic = 0.0;    ///< there
    double numeric = 0.0;
    Index checked = 0;
    /// Elements with a kink within a step (ReLU, maximum), where differences tell nothing.
    Index skipped = 0;
};

/// The loss when one element of a tensor is moved by so much.
using MovedLoss = std::function<double(Index element, double by)>;

/// Compares one tensor's gradient with differences of the loss. Differences of two step sizes are
/// combined (Richardson), and where they disagree, the element is skipped and counted.
/// `least_scale`: of gradients all smaller than this, errors are shares of this.
/// `noise`: rounding of the loss.
[[nodiscard]] TensorGradientCheck compare_gradient(std::string name,
                                                   std::span<const float> analytic,
                                                   const MovedLoss& loss,
                                                   double least_scale,
                                                   double noise,
                                                   const GradientCheckOptions& options = {});

struct GradientCheck {
    std::vector<TensorGradientCheck> tensors;

    [[nodiscard]] double worst_relative_error() const;
};

/// Compares the gradients of the input and of every parameter with differences of the loss
/// Σ g·output, g drawn from the seed.
/// The engine computes in 32 bits: errors below a hundredth are rounding, wrong formulas come to
/// tenths. Moves parameters on the way and leaves them as they were.
/// Returns error when: the network cannot be run.
[[nodiscard]] Result<GradientCheck> check_gradients(Network& network,
                                                    const GradientCheckOptions& options = {});

}  // namespace convoscope
