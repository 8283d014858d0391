#include "engine/optimizers/nesterov.h"

#include "engine/optimizers/elementwise.h"

namespace convoscope {

void nesterov_update(const OptimizerSettings& settings,
                     const OptimizerStep& step,
                     Index begin,
                     Index end) {
    const auto minus_rate = splat_double(-settings.learning_rate);
    const auto decay = splat_double(settings.weight_decay);
    const auto momentum = splat_double(settings.momentum);
    update_elements<2>(step.gradient.data(),
                       {step.parameters.data(), step.first_state.data()},
                       begin,
                       end,
                       [&](simd::Vector gradient, auto& vectors) {
                           auto& [parameter, velocity] = vectors;
                           const auto g = simd::multiply_add(decay, parameter, gradient);
                           velocity = flush_denormals(simd::multiply_add(momentum, velocity, g));
                           const auto ahead = simd::multiply_add(momentum, velocity, g);
                           parameter = simd::multiply_add(minus_rate, ahead, parameter);
                       });
}

}  // namespace convoscope
