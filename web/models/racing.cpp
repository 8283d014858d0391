#include "web/models/racing.h"

#include <algorithm>
#include <array>
#include <utility>

#include "web/models/commands.h"

namespace convoscope::models {
namespace {

/// Each lane is a run of its own, named by its optimiser. All begin with an optimiser's state of
/// zeros, which changing its type makes.
std::vector<std::string> begin_lane(TrainModel& train) {
    Race& race = train.race;
    if (train.last_step() > 0) {
        train.branch_off(race.start_step);
    }
    const OptimizerSettings& optimizer = race.lanes[race.lane];
    train.run.given = title_of(optimizer.type);
    train.settings.optimizer = optimizer;
    train.scrub_target = race.moment;
    train.readings = {};
    race.waiting = Race::Waiting::start;
    return {commands::branch(race.moment),
            commands::set(default_optimizer(OptimizerType::sgd)),
            commands::set(optimizer)};
}

std::vector<std::string> begin_next_lane(TrainModel& train) {
    if (++train.race.lane < train.race.lanes.size()) {
        return begin_lane(train);
    }
    train.race = {};
    return {};
}

/// The moment to begin from is there.
std::vector<std::string> begin_at_moment(TrainModel& train) {
    const auto moment = train.history.at_step(train.race.start_step);
    if (!moment) {
        return {};
    }
    train.race.moment = moment->id;
    return begin_lane(train);
}

}  // namespace

std::vector<OptimizerSettings> usual_racers() {
    return {usual_optimizer(OptimizerType::sgd),
            usual_optimizer(OptimizerType::momentum),
            usual_optimizer(OptimizerType::adam)};
}

std::vector<std::string> begin_race(TrainModel& train,
                                    std::vector<OptimizerSettings> racers,
                                    int steps) {
    train.race = {.lanes = std::move(racers),
                  .lane = 0,
                  .start_step = train.step,
                  .steps = steps,
                  .moment = 0,
                  .waiting = Race::Waiting::moment};
    std::vector<std::string> commands = begin_at_moment(train);
    if (commands.empty()) {
        commands.push_back(commands::plain("keep"));
    }
    return commands;
}

std::vector<std::string> go_on_with_race(TrainModel& train) {
    Race& race = train.race;
    if (!race.on()) {
        return {};
    }
    const bool rests = train.status == RunStatus::paused;
    switch (race.waiting) {
        case Race::Waiting::moment:
            return begin_at_moment(train);
        case Race::Waiting::start:
            if (rests && train.step == race.start_step) {
                race.waiting = Race::Waiting::end;
                return {commands::step(race.steps)};
            }
            break;
        case Race::Waiting::end:
            if (train.status == RunStatus::diverged) {
                return begin_next_lane(train);
            }
            if (rests && train.step > race.start_step) {
                race.waiting = Race::Waiting::validation;
                return {commands::evaluate("validation")};
            }
            break;
        case Race::Waiting::validation:
            if (rests && !train.validation.empty() && train.validation.back().step == train.step) {
                return begin_next_lane(train);
            }
            break;
    }
    return {};
}

bool ends_race(std::string_view command) {
    constexpr std::array kCommands{"start",
                                   "pause",
                                   "step",
                                   "train_epoch",
                                   "dissect",
                                   "reset",
                                   "set",
                                   "configure",
                                   "load",
                                   "rewind",
                                   "branch"};
    return std::ranges::find(kCommands, command) != kCommands.end();
}

}  // namespace convoscope::models
