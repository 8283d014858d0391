#pragma once

#include <span>

#include "engine/core/index.h"
#include "engine/core/random.h"

namespace convoscope {

/// U(-1/sqrt(fan_in), 1/sqrt(fan_in)): what PyTorch gives weights and biases of convolutions and
/// linear layers. Source: `torch.nn.init.kaiming_uniform_` with a = sqrt(5).
/// Overwrites `values`. Expects: fan_in > 0.
void initialize_uniform(Random& random, Index fan_in, std::span<float> values);

/// N(0, 2/fan_in), for layers followed by ReLU. Source: `torch.nn.init.kaiming_normal_`.
void initialize_kaiming_normal(Random& random, Index fan_in, std::span<float> values);

/// U(-a, a) with a = sqrt(6/(fan_in + fan_out)). Source: `torch.nn.init.xavier_uniform_`.
void initialize_xavier_uniform(Random& random,
                               Index fan_in,
                               Index fan_out,
                               std::span<float> values);

}  // namespace convoscope
