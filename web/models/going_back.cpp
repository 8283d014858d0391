#include "web/models/going_back.h"

#include <utility>

#include "web/models/commands.h"

namespace convoscope::models {

std::vector<std::string> before_change(TrainModel& train) {
    constexpr double kTogetherSeconds = 1.0;
    const auto& last = train.last_change;
    const bool dragged = last && train.status == RunStatus::running && train.step >= last->step &&
                         train.engine.seconds - last->seconds < kTogetherSeconds;
    if (last && (train.step == last->step || dragged)) {
        return {};
    }
    train.last_change = {
        .step = train.step, .seconds = train.engine.seconds, .before = train.settings};
    const bool worth_keeping = train.step > 0 && !train.history.at_step(train.step);
    return worth_keeping ? std::vector{commands::plain("keep")} : std::vector<std::string>{};
}

std::vector<std::string> scrub_to(TrainModel& train, const Moment& moment) {
    if (train.scrub_target == moment.id) {
        return {};
    }
    std::vector<std::string> commands;
    if (!train.is_back() && !train.history.at_step(train.step)) {
        commands.push_back(commands::plain("keep"));
    }
    train.scrub_target = moment.id;
    train.readings = {};
    commands.push_back(commands::branch(moment.id));
    // The settings stay as they are: a moment alone would bring its optimiser's type along.
    commands.push_back(commands::set(train.settings.optimizer));
    return commands;
}

std::optional<Remedy> remedy_of(const TrainModel& train) {
    const auto& change = train.last_change;
    const std::int64_t step = change ? change->step : train.step;
    const std::optional<Moment> moment = train.history.first_from(step);
    if (!moment) {
        return std::nullopt;
    }
    Remedy remedy{.moment = *moment, .settings = train.settings};
    if (change) {
        remedy.settings = change->before;
    } else {
        remedy.settings.optimizer.learning_rate =
            usual_optimizer(remedy.settings.optimizer.type).learning_rate;
    }
    return remedy;
}

std::vector<std::string> undo_damage(TrainModel& train) {
    const std::optional<Remedy> remedy = remedy_of(train);
    if (!remedy) {
        return {};
    }
    std::vector<std::string> commands{commands::rewind(remedy->moment.id)};
    // All of the optimiser: a moment brings its type along, with that type's usual numbers.
    commands.push_back(commands::set(remedy->settings.optimizer));
    for (std::string& change : commands::changes(train.settings, remedy->settings)) {
        commands.push_back(std::move(change));
    }
    train.readings = {};
    train.history.rewind_to(remedy->moment);
    train.cut_curves(remedy->moment.step);
    train.settings = remedy->settings;
    train.last_change.reset();
    return commands;
}

}  // namespace convoscope::models
