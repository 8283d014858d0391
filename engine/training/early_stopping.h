#pragma once

#include <limits>

#include "engine/core/index.h"

namespace convoscope {

enum class StoppingMetric { loss, accuracy };

/// When training has gone on long enough: it no longer gets better on the validation images, or is
/// good enough.
struct EarlyStoppingSettings {
    Index patience = 0;  ///< epochs without improvement; 0: never stop early
    StoppingMetric metric = StoppingMetric::loss;
    double minimum_change = 0.0;   ///< a smaller improvement is none
    double target_accuracy = 0.0;  ///< 0 to 1, of any evaluation of validation; 0: none

    bool operator==(const EarlyStoppingSettings&) const = default;
};

/// Represents the best validation figure so far, and how long ago it was.
/// Source: `keras.callbacks.EarlyStopping`; Prechelt 1998, "Early stopping - but when?".
class EarlyStopping {
  public:
    /// What a checkpoint holds of it.
    struct State {
        double best = std::numeric_limits<double>::quiet_NaN();  ///< not a number: none yet
        Index best_epoch = 0;
        Index waited = 0;
    };

    /// Takes the figures after an epoch. True: no improvement for `patience` epochs.
    bool observe(const EarlyStoppingSettings& settings, double loss, double accuracy, Index epoch);

    /// The target is there and has been reached.
    [[nodiscard]] static bool reaches_target(const EarlyStoppingSettings& settings,
                                             double accuracy) {
        return settings.target_accuracy > 0.0 && accuracy >= settings.target_accuracy;
    }

    [[nodiscard]] const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

  private:
    State state_;
};

}  // namespace convoscope
