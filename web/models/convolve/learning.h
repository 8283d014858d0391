#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/convolve/filter_descent.h"

namespace convoscope::models::convolve {

/// How far a filter's learning has come.
enum class LearningState {
    paused,
    running,
    learned,  ///< the output is the target
    settled,  ///< the loss no longer falls
    diverged  ///< the loss grows from step to step
};
[[nodiscard]] std::string_view name_of(LearningState state);

/// The filter in front learns a target by gradient descent.
struct Learning {
    static constexpr Index kMostSteps = 20'000;
    static constexpr double kLeastRate = 1e-6;  ///< that a reader can set
    static constexpr double kMostRate = 100.0;

    bool open = false;  ///< it is what the room shows
    LearningState state = LearningState::paused;
    std::string hidden;         ///< whose output is the target; empty: it is painted
    NumberGrid hidden_weights;  ///< a plane for each channel that the filter reads
    NumberGrid target;          ///< one plane
    double rate = 0.01;
    double greatest_rate = 0.0;  ///< see greatest_rate()
    Index start = 0;             ///< the weights it begins with: 0 zeros, else random ones
    std::vector<double> losses;  ///< before the first step, and after each
    Setup filter;                ///< alone, as it is
    Setup began;                 ///< as it was when it last began to run
    Slope slope;                 ///< there
    double due_steps = 0.0;      ///< of the time that has passed

    [[nodiscard]] Index steps() const { return std::max<Index>(0, std::ssize(losses) - 1); }
    [[nodiscard]] double loss() const { return slope.loss; }
    [[nodiscard]] bool running() const { return state == LearningState::running; }
    [[nodiscard]] bool ended() const { return state > LearningState::running; }
    /// Learned weights that are the hidden ones, up to a hundredth of the greatest.
    [[nodiscard]] bool found_hidden() const;
    /// A rate that is safe: half the greatest, to two digits.
    [[nodiscard]] double safe_rate() const;
};

/// The weights that a filter begins with; the first time zeros, then random ones between -1 and 1.
void begin_weights(Setup& lone, Index start);

/// Takes steps until the learning ends, at most `steps`. Expects: open, with a target.
void descend(Learning& learning, Index steps);

/// Steps in a second at a speed of the transport: the first ones can be watched one by one, later
/// ones, that change little, follow ever faster. `Playback::kJump`: as many as a frame takes.
[[nodiscard]] double steps_a_second(double speed, Index steps_made);

/// Steps that take no more than a small part of a frame.
[[nodiscard]] Index most_steps_a_frame(Index multiply_accumulates);

}  // namespace convoscope::models::convolve
