#include "engine/optimizers/adagrad.h"

#include "engine/optimizers/elementwise.h"

namespace convoscope {

void adagrad_update(const OptimizerSettings& settings,
                    const OptimizerStep& step,
                    Index begin,
                    Index end) {
    const auto minus_rate = splat_double(-settings.learning_rate);
    const auto decay = splat_double(settings.weight_decay);
    const auto epsilon = splat_double(settings.epsilon);
    update_elements<2>(step.gradient.data(),
                       {step.parameters.data(), step.first_state.data()},
                       begin,
                       end,
                       [&](simd::Vector gradient, auto& vectors) {
                           auto& [parameter, sum] = vectors;
                           const auto g = simd::multiply_add(decay, parameter, gradient);
                           sum = flush_denormals(simd::multiply_add(g, g, sum));
                           const auto direction = quotient(g, xsimd::sqrt(sum) + epsilon);
                           parameter = simd::multiply_add(minus_rate, direction, parameter);
                       });
}

}  // namespace convoscope
