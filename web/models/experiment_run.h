#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/models/run_settings.h"

namespace convoscope::models {

/// What became of one lane of an experiment.
struct LaneOutcome {
    std::int64_t steps = 0;
    double train_accuracy = 0.0;          ///< mean of its last epoch, 0 to 1
    std::optional<double> test_accuracy;  ///< none: its numbers went out of bounds
};

/// An experiment that was begun: its lanes are trained one after the other, each from its own
/// start, and become runs among the kept ones.
struct ExperimentRun {
    /// What is waited for; nothing when all lanes are done or the reader has taken over.
    enum class Waiting : std::uint8_t { nothing, start, end };

    std::string id;  ///< empty: none was begun, or its card was closed
    std::vector<LaneOutcome> outcomes;
    Waiting waiting = Waiting::nothing;
    RunSettings before;  ///< the reader's own, to go back to

    [[nodiscard]] bool open() const { return !id.empty(); }
    [[nodiscard]] bool on() const { return waiting != Waiting::nothing; }
};

}  // namespace convoscope::models
