#include "engine/optimizers/optimizer.h"

#include "engine/core/check.h"
#include "engine/optimizers/adam.h"
#include "engine/optimizers/momentum.h"
#include "engine/optimizers/sgd.h"

namespace convoscope {

Index optimizer_state_count(OptimizerType type) {
    switch (type) {
        case OptimizerType::sgd:
            return 0;
        case OptimizerType::momentum:
            return 1;
        case OptimizerType::adam:
            return 2;
    }
    CONVOSCOPE_CHECK(false);
}

void optimizer_update(const OptimizerSettings& settings,
                      const OptimizerStep& step,
                      Index begin,
                      Index end) {
    const std::size_t count = step.parameters.size();
    const Index states = optimizer_state_count(settings.type);
    CONVOSCOPE_CHECK(0 <= begin && begin <= end && end <= static_cast<Index>(count));
    CONVOSCOPE_CHECK(step.gradient.size() == count);
    CONVOSCOPE_CHECK(states < 1 || step.first_state.size() == count);
    CONVOSCOPE_CHECK(states < 2 || step.second_state.size() == count);
    switch (settings.type) {
        case OptimizerType::sgd:
            sgd_update(settings, step, begin, end);
            break;
        case OptimizerType::momentum:
            momentum_update(settings, step, begin, end);
            break;
        case OptimizerType::adam:
            adam_update(settings, step, begin, end);
            break;
    }
}

}  // namespace convoscope
