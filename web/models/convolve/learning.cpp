#include "web/models/convolve/learning.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/core/random.h"
#include "web/models/convolve/playback.h"
#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<5> kStates{"paused", "running", "learned", "settled", "diverged"};

double mean_square(const NumberGrid& grid) {
    double sum = 0.0;
    for (const double value : grid.values) {
        sum += value * value;
    }
    return sum / static_cast<double>(std::max<std::size_t>(1, grid.values.size()));
}

/// What is to be said after a step.
LearningState judged(const Learning& learning) {
    constexpr double kNothing = 1e-8;  // of what the target itself amounts to
    constexpr double kFarOff = 100.0;
    constexpr Index kWhile = 500;
    constexpr double kNoticeable = 1e-4;
    const double loss = learning.slope.loss;
    const double target = mean_square(learning.target);
    const double first = learning.losses.front();
    if (!std::isfinite(loss) || loss > kFarOff * std::max(first, target)) {
        return LearningState::diverged;
    }
    if (loss <= kNothing * target) {
        return LearningState::learned;
    }
    const Index steps = learning.steps();
    const bool level =
        steps >= kWhile && loss > (1.0 - kNoticeable) * learning.losses[at(steps - kWhile)];
    return level || steps >= Learning::kMostSteps ? LearningState::settled : learning.state;
}

}  // namespace

std::string_view name_of(LearningState state) {
    return name_in(kStates, state);
}

bool Learning::found_hidden() const {
    if (hidden.empty() || hidden_weights.values.size() != filter.weights.values.size()) {
        return false;
    }
    double greatest = 0.0;
    double difference = 0.0;
    for (std::size_t i = 0; i < hidden_weights.values.size(); ++i) {
        greatest = std::max(greatest, std::abs(hidden_weights.values[i]));
        difference =
            std::max(difference, std::abs(hidden_weights.values[i] - filter.weights.values[i]));
    }
    return difference <= 0.01 * greatest;
}

double Learning::safe_rate() const {
    if (greatest_rate <= 0.0) {
        return 0.01;
    }
    const double half = greatest_rate / 2;
    const double digit = std::pow(10.0, std::floor(std::log10(half)) - 1);
    return std::floor(half / digit) * digit;
}

void begin_weights(Setup& lone, Index start) {
    Random random(static_cast<std::uint64_t>(start), "learning");
    for (double& weight : lone.weights.values) {
        weight = start == 0 ? 0.0 : static_cast<double>(random.below(201)) / 100.0 - 1.0;
    }
    lone.bias.front() = 0.0;
}

void descend(Learning& learning, Index steps) {
    for (Index step = 0; step < steps && !learning.ended(); ++step) {
        step_down(learning.filter, learning.slope, learning.rate);
        learning.slope = slope_of(learning.filter, learning.target);
        learning.losses.push_back(learning.slope.loss);
        learning.state = judged(learning);
    }
}

double steps_a_second(double speed, Index steps_made) {
    constexpr double kFirst = 12.0;
    constexpr double kFaster = 0.3;  // for each step that has been made
    constexpr double kAll = 1e6;
    return speed == Playback::kJump ? kAll
                                    : speed * (kFirst + kFaster * static_cast<double>(steps_made));
}

Index most_steps_a_frame(Index multiply_accumulates) {
    constexpr Index kBudget = 300'000;
    constexpr Index kMost = 100;
    return std::clamp<Index>(kBudget / std::max<Index>(1, multiply_accumulates), 1, kMost);
}

}  // namespace convoscope::models::convolve
