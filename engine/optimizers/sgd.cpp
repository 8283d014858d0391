#include "engine/optimizers/sgd.h"

#include "engine/optimizers/elementwise.h"

namespace convoscope {

void sgd_update(const OptimizerSettings& settings,
                const OptimizerStep& step,
                Index begin,
                Index end) {
    const auto minus_rate = splat_double(-settings.learning_rate);
    const auto decay = splat_double(settings.weight_decay);
    update_elements<1>(step.gradient.data(),
                       {step.parameters.data()},
                       begin,
                       end,
                       [&](simd::Vector gradient, auto& vectors) {
                           auto& parameter = vectors[0];
                           const auto decayed = simd::multiply_add(decay, parameter, gradient);
                           parameter = simd::multiply_add(minus_rate, decayed, parameter);
                       });
}

}  // namespace convoscope
