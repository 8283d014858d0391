#include "engine/optimizers/momentum.h"

#include "engine/optimizers/elementwise.h"

namespace convoscope {

void momentum_update(const OptimizerSettings& settings,
                     const OptimizerStep& step,
                     Index begin,
                     Index end) {
    const auto minus_rate = simd::splat(static_cast<float>(-settings.learning_rate));
    const auto decay = simd::splat(static_cast<float>(settings.weight_decay));
    const auto momentum = simd::splat(static_cast<float>(settings.momentum));
    update_elements<2>(step.gradient.data(),
                       {step.parameters.data(), step.first_state.data()},
                       begin,
                       end,
                       [&](simd::Vector gradient, auto& vectors) {
                           auto& [parameter, velocity] = vectors;
                           const auto decayed = simd::multiply_add(decay, parameter, gradient);
                           velocity =
                               flush_denormals(simd::multiply_add(momentum, velocity, decayed));
                           parameter = simd::multiply_add(minus_rate, velocity, parameter);
                       });
}

}  // namespace convoscope
