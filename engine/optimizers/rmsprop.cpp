#include "engine/optimizers/rmsprop.h"

#include "engine/optimizers/elementwise.h"

namespace convoscope {

void rmsprop_update(const OptimizerSettings& settings,
                    const OptimizerStep& step,
                    Index begin,
                    Index end) {
    const auto minus_rate = splat_double(-settings.learning_rate);
    const auto decay = splat_double(settings.weight_decay);
    const auto momentum = splat_double(settings.momentum);
    const auto alpha = splat_double(settings.alpha);
    const auto new_square = splat_double(1.0 - settings.alpha);
    const auto epsilon = splat_double(settings.epsilon);
    update_elements<3>(
        step.gradient.data(),
        {step.parameters.data(), step.first_state.data(), step.second_state.data()},
        begin,
        end,
        [&](simd::Vector gradient, auto& vectors) {
            auto& [parameter, square, velocity] = vectors;
            const auto g = simd::multiply_add(decay, parameter, gradient);
            square = flush_denormals(simd::multiply_add(new_square * g, g, alpha * square));
            const auto direction = quotient(g, xsimd::sqrt(square) + epsilon);
            velocity = flush_denormals(simd::multiply_add(momentum, velocity, direction));
            parameter = simd::multiply_add(minus_rate, velocity, parameter);
        });
}

}  // namespace convoscope
