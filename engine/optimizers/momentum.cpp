#include "engine/optimizers/momentum.h"

#include "engine/optimizers/elementwise.h"

namespace convoscope {

void momentum_update(const OptimizerSettings& settings,
                     const OptimizerStep& step,
                     Index begin,
                     Index end) {
    const auto minus_rate = splat_double(-settings.learning_rate);
    const auto decay = splat_double(settings.weight_decay);
    const auto momentum = splat_double(settings.momentum);
    const auto share = splat_double(step.step == 1 ? 1.0 : 1.0 - settings.dampening);
    update_elements<2>(step.gradient.data(),
                       {step.parameters.data(), step.first_state.data()},
                       begin,
                       end,
                       [&](simd::Vector gradient, auto& vectors) {
                           auto& [parameter, velocity] = vectors;
                           const auto g = simd::multiply_add(decay, parameter, gradient);
                           velocity =
                               flush_denormals(simd::multiply_add(momentum, velocity, share * g));
                           parameter = simd::multiply_add(minus_rate, velocity, parameter);
                       });
}

}  // namespace convoscope
