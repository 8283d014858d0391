#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/models/evaluation.h"
#include "web/models/metric_series.h"
#include "web/models/run_clock.h"
#include "web/models/run_settings.h"

namespace convoscope::models {

/// What a run is known by: its number, counted from 1, and the name that the reader gave it.
struct RunName {
    int number = 1;
    std::string given;

    /// "Run 3", unless it has been given another.
    [[nodiscard]] std::string text() const {
        return given.empty() ? "Run " + std::to_string(number) : given;
    }
};

/// A run that has been left for another: its settings and curves.
struct KeptRun {
    RunName name;
    RunSettings settings;
    MetricSeries loss;
    MetricSeries accuracy;               ///< 0 to 1
    std::vector<Evaluation> validation;  ///< without their confusions
    RunClock clock;
    bool shown = true;  ///< on the charts

    [[nodiscard]] std::int64_t steps() const {
        return static_cast<std::int64_t>(loss.values().size());
    }
};

/// What a run's settings have that others have not, in a few words: "η 0.1, batch 32". Empty when
/// they are the same.
[[nodiscard]] std::string difference_text(const RunSettings& settings, const RunSettings& others);

}  // namespace convoscope::models
