#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/models/run_settings.h"

namespace convoscope::models {

/// One run of an experiment.
struct ExperimentLane {
    std::string name;
    RunSettings settings;
    std::string reported;  ///< by the source, of this very run; empty: nothing
};

/// Something to be seen once: what is set up, what to watch, and what it means. From
/// assets/experiments/experiments.json.
struct Experiment {
    std::string id;
    std::string title;
    std::string sentence;  ///< before: what is done
    std::string watch;     ///< meanwhile: where to look
    std::string lesson;    ///< after: what it means
    std::string source;    ///< who reported it, and what
    bool errors = false;   ///< outcomes are written as error and not as accuracy
    std::vector<ExperimentLane> lanes;
};

/// All of them, in the order in which they are offered.
[[nodiscard]] std::span<const Experiment> experiments();

/// Null when there is none of this id.
[[nodiscard]] const Experiment* find_experiment(std::string_view id);

/// The file as it stands in assets/.
[[nodiscard]] std::string_view experiments_text();

}  // namespace convoscope::models
