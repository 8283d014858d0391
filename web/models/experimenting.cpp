#include "web/models/experimenting.h"

#include <algorithm>
#include <array>

#include "web/models/commands.h"
#include "web/models/experiments.h"

namespace convoscope::models {
namespace {

using Waiting = ExperimentRun::Waiting;

void set_up_lane(TrainModel& train, const ExperimentLane& lane) {
    const int threads = train.settings.threads;  // of the machine, not of the experiment
    train.settings = lane.settings;
    train.settings.threads = threads;
    train.settings.test_each_epoch = true;  // what it compares
    train.experiment.waiting = Waiting::start;
}

bool all_images_are_there(const DataSetState& data) {
    return data.bytes_total > 0.0 && data.bytes_loaded >= data.bytes_total;
}

/// Its epochs are done, and the test images have been looked at after the last.
bool is_done(const TrainModel& train) {
    return train.status == RunStatus::paused && train.step > 0 &&
           train.epoch >= train.settings.epochs && !train.test.empty() &&
           train.test.back().step == train.step;
}

LaneOutcome outcome_of(const TrainModel& train) {
    const auto epoch = static_cast<std::size_t>(std::max<std::int64_t>(1, train.steps_per_epoch));
    LaneOutcome outcome{.steps = train.step,
                        .train_accuracy = static_cast<double>(train.accuracy.mean_of_last(epoch)),
                        .test_accuracy = {}};
    if (train.status != RunStatus::diverged) {
        outcome.test_accuracy = train.test.back().accuracy;
    }
    return outcome;
}

}  // namespace

std::string begin_experiment(TrainModel& train, std::string_view id) {
    const Experiment* experiment = find_experiment(id);
    if (experiment == nullptr || experiment->lanes.empty()) {
        return "there is no experiment \"" + std::string(id) + "\"";
    }
    const RunSettings before = train.experiment.open() ? train.experiment.before : train.settings;
    train.race = {};
    train.experiment = {.id = experiment->id, .outcomes = {}, .waiting = {}, .before = before};
    set_up_lane(train, experiment->lanes.front());
    return {};
}

ExperimentWish go_on_with_experiment(TrainModel& train) {
    ExperimentRun& run = train.experiment;
    const Experiment* experiment = run.on() ? find_experiment(run.id) : nullptr;
    if (experiment == nullptr || run.outcomes.size() >= experiment->lanes.size()) {
        return {};
    }
    if (run.waiting == Waiting::start) {
        if (!train.configured || train.step > 0 || !all_images_are_there(train.data)) {
            return {};
        }
        train.run.given = experiment->lanes[run.outcomes.size()].name;
        run.waiting = Waiting::end;
        return {.commands = {commands::start()}};
    }
    if (train.status != RunStatus::diverged && !is_done(train)) {
        return {};
    }
    run.outcomes.push_back(outcome_of(train));
    if (run.outcomes.size() == experiment->lanes.size()) {
        run.waiting = Waiting::nothing;
        return {};
    }
    set_up_lane(train, experiment->lanes[run.outcomes.size()]);
    return {.configure = true};
}

bool ends_experiment(std::string_view command) {
    constexpr std::array kCommands{"reset",
                                   "set",
                                   "configure",
                                   "load",
                                   "rewind",
                                   "branch",
                                   "race",
                                   "scrub",
                                   "undo_damage",
                                   "choose_data",
                                   "choose_network"};
    return std::ranges::find(kCommands, command) != kCommands.end();
}

void close_experiment(TrainModel& train) {
    train.settings = train.experiment.before;
    train.experiment = {};
}

}  // namespace convoscope::models
