#include "web/models/kept_runs_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "web/models/json_reading.h"
#include "web/models/settings_json.h"

namespace convoscope::models {
namespace {

constexpr std::size_t kMostKeptRuns = 12;

Json json_of(const RunName& name) {
    return {{"number", name.number}, {"given", name.given}};
}

Json json_of(const std::vector<Evaluation>& evaluations) {
    Json list = Json::array();
    for (const Evaluation& evaluation : evaluations) {
        list.push_back({evaluation.step, evaluation.epoch, evaluation.loss, evaluation.accuracy});
    }
    return list;
}

Json json_of(const RunClock& clock) {
    Json list = Json::array();
    for (const RunClock::Mark& mark : clock.marks()) {
        list.push_back({mark.step, mark.epoch, mark.seconds});
    }
    return list;
}

Json json_of(const KeptRun& run) {
    return {{"name", json_of(run.name)},
            {"settings", run_settings_json(run.settings)},
            {"losses", run.loss.values()},
            {"accuracies", run.accuracy.values()},
            {"validation", json_of(run.validation)},
            {"clock", json_of(run.clock)},
            {"shown", run.shown}};
}

RunName name_from(const Json& json) {
    return {.number = std::max(1, small_of(json, "number", 1)), .given = text_of(json, "given")};
}

MetricSeries series_from(const Json& json, const char* name) {
    MetricSeries series;
    series.append(numbers_of<float>(json, name));
    return series;
}

std::vector<Evaluation> evaluations_from(const Json& list) {
    std::vector<Evaluation> evaluations;
    for (const Json& entry : list) {
        std::vector<double> numbers;
        if (entry.is_array()) {
            append_numbers(entry, numbers);
        }
        if (numbers.size() == 4 && is_countable(numbers[0]) && is_countable(numbers[1])) {
            evaluations.push_back({.step = std::llround(numbers[0]),
                                   .epoch = std::llround(numbers[1]),
                                   .loss = numbers[2],
                                   .accuracy = numbers[3],
                                   .count = 0,
                                   .confusion = {}});
        }
    }
    return evaluations;
}

/// Of as many steps as the curves have; without what was kept, their time is not known.
void read_clock(const Json& list, std::int64_t steps, RunClock& clock) {
    std::vector<RunClock::Mark> marks;
    for (const Json& entry : list) {
        std::vector<double> numbers;
        if (entry.is_array()) {
            append_numbers(entry, numbers);
        }
        if (numbers.size() == 3 && is_countable(numbers[0])) {
            marks.push_back(
                {.step = std::llround(numbers[0]), .epoch = numbers[1], .seconds = numbers[2]});
        }
    }
    if (!marks.empty() && marks.back().step == steps) {
        clock.restore(std::move(marks));
    }
}

KeptRun run_from(const Json& json) {
    KeptRun run{.name = name_from(member_of(json, "name")),
                .settings = {},
                .loss = series_from(json, "losses"),
                .accuracy = series_from(json, "accuracies"),
                .validation = evaluations_from(member_of(json, "validation")),
                .clock = {},
                .shown = is_true(json, "shown")};
    run.clock.begin_at(run.steps(), std::numeric_limits<double>::quiet_NaN());
    read_clock(member_of(json, "clock"), run.steps(), run.clock);
    read_run_settings(member_of(json, "settings"), run.settings);
    return run;
}

}  // namespace

std::string runs_text(const TrainModel& train) {
    Json kept = Json::array();
    for (const KeptRun& run : train.kept_runs) {
        kept.push_back(json_of(run));
    }
    const Json json{{"name", json_of(train.run)},
                    {"losses", train.loss.values()},
                    {"accuracies", train.accuracy.values()},
                    {"learning_rates", train.learning_rates.values()},
                    {"validation", json_of(train.validation)},
                    {"test", json_of(train.test)},
                    {"clock", json_of(train.clock)},
                    {"kept", kept}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void restore_runs(TrainModel& train, const Json& runs) {
    if (!runs.is_object()) {
        return;
    }
    train.run = name_from(member_of(runs, "name"));
    train.kept_runs.clear();
    for (const Json& run : member_of(runs, "kept")) {
        if (run.is_object() && train.kept_runs.size() < kMostKeptRuns) {
            train.kept_runs.push_back(run_from(run));
        }
    }
    MetricSeries loss = series_from(runs, "losses");
    if (static_cast<std::int64_t>(loss.values().size()) < train.step) {
        return;
    }
    read_clock(
        member_of(runs, "clock"), static_cast<std::int64_t>(loss.values().size()), train.clock);
    train.loss = std::move(loss);
    train.accuracy = series_from(runs, "accuracies");
    train.learning_rates = series_from(runs, "learning_rates");
    train.validation = evaluations_from(member_of(runs, "validation"));
    train.test = evaluations_from(member_of(runs, "test"));
    train.trained_with = train.settings;
    train.cut_curves(train.step);
}

}  // namespace convoscope::models
