#include "engine/optimizers/adamw.h"

#include "engine/optimizers/adam_moments.h"
#include "engine/optimizers/elementwise.h"

namespace convoscope {

void adamw_update(const OptimizerSettings& settings,
                  const OptimizerStep& step,
                  Index begin,
                  Index end) {
    const AdamMoments moments(settings, step.step);
    const auto shrink = splat_double(1.0 - settings.learning_rate * settings.weight_decay);
    update_elements<3>(step.gradient.data(),
                       {step.parameters.data(), step.first_state.data(), step.second_state.data()},
                       begin,
                       end,
                       [&](simd::Vector gradient, auto& vectors) {
                           auto& [parameter, mean, square] = vectors;
                           parameter *= shrink;
                           moments.update(gradient, parameter, mean, square);
                       });
}

}  // namespace convoscope
