#include "engine/optimizers/adam.h"

#include "engine/optimizers/adam_moments.h"
#include "engine/optimizers/elementwise.h"

namespace convoscope {

void adam_update(const OptimizerSettings& settings,
                 const OptimizerStep& step,
                 Index begin,
                 Index end) {
    const AdamMoments moments(settings, step.step);
    const auto decay = splat_double(settings.weight_decay);
    update_elements<3>(step.gradient.data(),
                       {step.parameters.data(), step.first_state.data(), step.second_state.data()},
                       begin,
                       end,
                       [&](simd::Vector gradient, auto& vectors) {
                           auto& [parameter, mean, square] = vectors;
                           const auto g = simd::multiply_add(decay, parameter, gradient);
                           moments.update(g, parameter, mean, square);
                       });
}

}  // namespace convoscope
