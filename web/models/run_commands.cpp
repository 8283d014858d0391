#include "web/models/run_commands.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "web/models/command_table.h"
#include "web/models/going_back.h"
#include "web/models/kept_runs_json.h"
#include "web/models/racing.h"

namespace convoscope::models {
namespace {

constexpr std::size_t kLongestName = 60;

struct Runs {
    TrainModel& train;
    std::vector<std::string>& for_engine;
};

/// The kept run that a command speaks of; null when there is none.
KeptRun* kept_run(TrainModel& train, const Json& command) {
    const std::int64_t run = integer_of(command, "run", -1);
    const auto count = static_cast<std::int64_t>(train.kept_runs.size());
    return run >= 0 && run < count ? &train.kept_runs[static_cast<std::size_t>(run)] : nullptr;
}

std::string scrub(Runs& runs, const Json& command) {
    const auto moment = runs.train.history.find(integer_of(command, "moment"));
    if (!moment) {
        return "there is no such moment in this run";
    }
    runs.train.race = {};
    runs.for_engine = scrub_to(runs.train, *moment);
    return {};
}

std::string race(Runs& runs, const Json& command) {
    constexpr int kMostSteps = 100'000;
    const int steps = small_of(command, "steps");
    if (steps < 1 || steps > kMostSteps) {
        return "a race takes 1 to 100,000 steps";
    }
    if (!runs.train.can_train() || runs.train.working()) {
        return "a race begins when the images have arrived and training rests";
    }
    runs.for_engine = begin_race(runs.train, usual_racers(), steps);
    return {};
}

std::string branch_here(Runs& runs, const Json&) {
    runs.train.branch_off(runs.train.step);
    return {};
}

std::string undo(Runs& runs, const Json&) {
    runs.for_engine = undo_damage(runs.train);
    return {};
}

std::string name(Runs& runs, const Json& command) {
    KeptRun* run = kept_run(runs.train, command);
    RunName& renamed = run == nullptr ? runs.train.run : run->name;
    renamed.given = text_of(command, "name").substr(0, kLongestName);
    return {};
}

std::string show(Runs& runs, const Json& command) {
    KeptRun* run = kept_run(runs.train, command);
    if (run == nullptr) {
        return "there is no such run";
    }
    run->shown = is_true(command, "shown");
    return {};
}

std::string forget(Runs& runs, const Json& command) {
    KeptRun* run = kept_run(runs.train, command);
    if (run == nullptr) {
        return "there is no such run";
    }
    std::vector<KeptRun>& kept = runs.train.kept_runs;
    const auto place = run - kept.data();
    runs.train.deleted_run = {.place = static_cast<std::size_t>(place), .run = std::move(*run)};
    kept.erase(kept.begin() + place);
    return {};
}

std::string put_back(Runs& runs, const Json&) {
    if (!runs.train.deleted_run) {
        return "no run was deleted";
    }
    std::vector<KeptRun>& kept = runs.train.kept_runs;
    auto& [place, run] = *runs.train.deleted_run;
    const std::size_t at = std::min(place, kept.size());
    kept.insert(kept.begin() + static_cast<std::ptrdiff_t>(at), std::move(run));
    runs.train.deleted_run.reset();
    return {};
}

std::string show_confusion(Runs& runs, const Json& command) {
    const std::string split = text_of(command, "split");
    if (!split.empty() && split != "validation" && split != "test") {
        return "the confusion is of the split \"validation\" or \"test\"";
    }
    runs.train.shown_split = split;
    return {};
}

std::string restore(Runs& runs, const Json& command) {
    restore_runs(runs.train, member_of(command, "runs"));
    return {};
}

using Act = std::string (*)(Runs& runs, const Json& command);

constexpr std::array<std::pair<std::string_view, Act>, 10> kActs{{
    {"race", race},
    {"scrub", scrub},
    {"branch_here", branch_here},
    {"undo_damage", undo},
    {"name_run", name},
    {"show_run", show},
    {"delete_run", forget},
    {"put_back_run", put_back},
    {"show_confusion", show_confusion},
    {"restore_runs", restore},
}};

}  // namespace

Answer carry_out_on_runs(TrainModel& train,
                         const Json& command,
                         std::vector<std::string>& for_engine) {
    Runs runs{train, for_engine};
    return carry_out_by(kActs, runs, command);
}

}  // namespace convoscope::models
