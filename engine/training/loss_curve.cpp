#include "engine/training/loss_curve.h"

#include <cstddef>

namespace convoscope {

LossCurve::LossCurve() {
    clear();
}

void LossCurve::clear() {
    state_ = {};
    state_.losses.reserve(static_cast<std::size_t>(kMostStretches));
    state_.accuracies.reserve(static_cast<std::size_t>(kMostStretches));
}

void LossCurve::add(double loss, double accuracy) {
    state_.loss_sum += loss;
    state_.accuracy_sum += accuracy;
    if (++state_.steps < state_.stretch) {
        return;
    }
    if (std::ssize(state_.losses) == kMostStretches) {
        halve();
        if (state_.steps < state_.stretch) {
            return;
        }
    }
    const auto steps = static_cast<double>(state_.steps);
    state_.losses.push_back(state_.loss_sum / steps);
    state_.accuracies.push_back(state_.accuracy_sum / steps);
    state_.loss_sum = 0.0;
    state_.accuracy_sum = 0.0;
    state_.steps = 0;
}

void LossCurve::halve() {
    const std::size_t half = state_.losses.size() / 2;
    for (std::size_t pair = 0; pair < half; ++pair) {
        state_.losses[pair] = (state_.losses[2 * pair] + state_.losses[2 * pair + 1]) / 2.0;
        state_.accuracies[pair] =
            (state_.accuracies[2 * pair] + state_.accuracies[2 * pair + 1]) / 2.0;
    }
    state_.losses.resize(half);
    state_.accuracies.resize(half);
    state_.stretch *= 2;
}

bool LossCurve::restore(const State& state) {
    if (state.stretch < 1 || state.steps < 0 || state.steps >= state.stretch ||
        std::ssize(state.losses) > kMostStretches ||
        state.accuracies.size() != state.losses.size()) {
        return false;
    }
    clear();
    state_.stretch = state.stretch;
    state_.losses.assign(state.losses.begin(), state.losses.end());
    state_.accuracies.assign(state.accuracies.begin(), state.accuracies.end());
    state_.loss_sum = state.loss_sum;
    state_.accuracy_sum = state.accuracy_sum;
    state_.steps = state.steps;
    return true;
}

}  // namespace convoscope
