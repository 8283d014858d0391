#pragma once

#include <vector>

#include "engine/core/index.h"

namespace convoscope {

/// Represents the course of a training in bounded memory: mean loss and accuracy of equal stretches
/// of steps. When there are too many stretches, two become one, so that the curve always covers the
/// whole training.
class LossCurve {
  public:
    /// What a checkpoint holds of it.
    struct State {
        Index stretch = 1;           ///< steps of one stretch
        std::vector<double> losses;  ///< means of the full stretches
        std::vector<double> accuracies;
        double loss_sum = 0.0;  ///< of the stretch that is not full
        double accuracy_sum = 0.0;
        Index steps = 0;  ///< in it
    };

    LossCurve();
    /// Never allocates.
    void add(double loss, double accuracy);
    [[nodiscard]] const State& state() const { return state_; }
    /// False when the state is none that `add` can have made; nothing has changed then.
    [[nodiscard]] bool restore(const State& state);
    void clear();

    static constexpr Index kMostStretches = 1024;

  private:
    void halve();

    State state_;
};

}  // namespace convoscope
