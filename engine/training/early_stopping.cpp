#include "engine/training/early_stopping.h"

#include <cmath>

namespace convoscope {

bool EarlyStopping::observe(const EarlyStoppingSettings& settings,
                            double loss,
                            double accuracy,
                            Index epoch) {
    const bool by_loss = settings.metric == StoppingMetric::loss;
    const double figure = by_loss ? loss : accuracy;
    const double gain = by_loss ? state_.best - figure : figure - state_.best;
    if (std::isnan(state_.best) || gain > settings.minimum_change) {
        state_ = {.best = figure, .best_epoch = epoch, .waited = 0};
        return false;
    }
    ++state_.waited;
    return settings.patience > 0 && state_.waited >= settings.patience;
}

}  // namespace convoscope
