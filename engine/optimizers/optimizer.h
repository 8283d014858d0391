#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/core/index.h"

namespace convoscope {

enum class OptimizerType { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw };

/// "sgd", "momentum" …: the word of messages and of the command line.
[[nodiscard]] std::string_view optimizer_name(OptimizerType type);
/// None when there is no such optimiser.
[[nodiscard]] std::optional<OptimizerType> find_optimizer(std::string_view name);
/// `"sgd", "momentum", …`, for messages.
[[nodiscard]] std::string_view optimizer_names();

/// PyTorch's meaning of each: `torch.optim.SGD` (sgd, momentum, nesterov), `Adagrad`, `RMSprop`
/// (not centred), `Adam`, `AdamW`.
struct OptimizerSettings {
    OptimizerType type = OptimizerType::sgd;
    double learning_rate = 0.01;
    double momentum = 0.9;      ///< momentum, nesterov, rmsprop
    double dampening = 0.0;     ///< momentum
    double alpha = 0.99;        ///< rmsprop: how slowly its mean of squares moves
    double beta1 = 0.9;         ///< adam, adamw
    double beta2 = 0.999;       ///< adam, adamw
    double epsilon = 1e-8;      ///< adagrad, rmsprop, adam, adamw
    double weight_decay = 0.0;  ///< added to the gradient; adamw: apart from it

    bool operator==(const OptimizerSettings&) const = default;
};

/// What `torch.optim` takes where nothing is said: rmsprop has no momentum, adagrad an epsilon of
/// 1e-10, adamw a weight decay of 0.01. Momentum and nesterov, which PyTorch has no names for, take
/// 0.9.
[[nodiscard]] OptimizerSettings default_optimizer(OptimizerType type);

/// Floats of state a parameter has: 0, 1 or 2.
[[nodiscard]] Index optimizer_state_count(OptimizerType type);

/// One step's operands, all of one length; state that the type lacks stays empty. State starts as
/// zeros.
struct OptimizerStep {
    std::span<float> parameters;
    std::span<const float> gradient;
    std::span<float> first_state;   ///< velocity, sum or mean of squares, Adam's mean of gradients
    std::span<float> second_state;  ///< rmsprop's velocity, Adam's mean of squared gradients
    Index step = 1;                 ///< counted from 1 since the state was zeros
};

/// Updates elements [begin, end) of parameters and state in place; no element depends on another,
/// so threads may share one step in any split.
void optimizer_update(const OptimizerSettings& settings,
                      const OptimizerStep& step,
                      Index begin,
                      Index end);

}  // namespace convoscope
