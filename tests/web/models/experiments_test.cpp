// The experiments that are offered, and how one is run, lane after lane.

#include "web/models/experiments.h"

#include <set>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "engine/analysis/summary.h"
#include "engine/network/network_file.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/experimenting.h"
#include "web/models/network_choice.h"

using namespace convoscope;
using namespace convoscope::models;
using nlohmann::json;

namespace {

/// A page whose images are there, and whose engine is played by the test.
class Page {
  public:
    Page() { tell({{"event", "data"}, {"bytes_total", 9}, {"bytes_loaded", 9}}); }

    Dispatched dispatch(const std::string& command) { return models::dispatch(state, command); }
    ExperimentWish tell(const json& event) {
        REQUIRE(apply_event(state.train, event.dump(), {}));
        return go_on_with_experiment(state.train);
    }
    /// Trains the present lane to its end: one step an epoch.
    ExperimentWish train(double test_accuracy) {
        const int epochs = state.train.settings.epochs;
        tell({{"event", "status"}, {"status", "running"}});
        tell({{"event", "metrics"},
              {"step", epochs},
              {"losses", std::vector<double>(static_cast<std::size_t>(epochs), 0.5)},
              {"accuracies", std::vector<double>(static_cast<std::size_t>(epochs), 0.75)}});
        tell({{"event", "epoch"}, {"epoch", epochs}, {"step", epochs}});
        tell({{"event", "status"}, {"status", "evaluating"}, {"step", epochs}});
        tell({{"event", "evaluation"},
              {"split", "test"},
              {"step", epochs},
              {"accuracy", test_accuracy}});
        return tell({{"event", "status"}, {"status", "paused"}, {"step", epochs}});
    }

    AppState state;
};

const json kConfigured{{"event", "configured"}, {"steps_per_epoch", 1}};

}  // namespace

TEST_CASE("experiments: each has words, a source, and lanes that the engine can train") {
    CHECK(experiments().size() == 13);
    std::set<std::string> ids;
    for (const Experiment& experiment : experiments()) {
        CAPTURE(experiment.id);
        CHECK(ids.insert(experiment.id).second);
        for (const std::string& words : {experiment.title,
                                         experiment.sentence,
                                         experiment.watch,
                                         experiment.lesson,
                                         experiment.source}) {
            CHECK_FALSE(words.empty());
        }
        CHECK_FALSE(experiment.lanes.empty());
        std::set<std::string> names;
        for (const ExperimentLane& lane : experiment.lanes) {
            CAPTURE(lane.name);
            CHECK(names.insert(lane.name).second);
            REQUIRE(find_network(lane.settings.network) != nullptr);
            const auto spec = parse_network_file(std::string(network_file(lane.settings.network)));
            REQUIRE(spec.ok());
            CHECK(summarize(*spec).ok());
            CHECK(lane.settings.epochs > 0);
        }
    }
}

TEST_CASE("experiments: the lanes of one differ in their settings") {
    for (const Experiment& experiment : experiments()) {
        CAPTURE(experiment.id);
        for (std::size_t lane = 1; lane < experiment.lanes.size(); ++lane) {
            CHECK(experiment.lanes[lane].settings != experiment.lanes[lane - 1].settings);
        }
    }
}

TEST_CASE("experiments: lane after lane is configured, trained and noted, and becomes a run") {
    Page page;
    page.state.train.settings.seed = 99;
    const Dispatched begun = page.dispatch(commands::run_experiment("batch-norm"));
    CHECK(begun.error.empty());
    CHECK(begun.other_network);
    CHECK(page.state.train.settings.network == "sigmoid-convolutions");
    CHECK(page.state.train.settings.test_each_epoch);
    const std::vector<std::string> start = page.tell(kConfigured).commands;
    REQUIRE(start.size() == 1);
    CHECK(start.front() == commands::start());
    CHECK(page.state.train.run.text() == "Without batch norm");

    CHECK(page.train(0.11).configure);
    CHECK(page.state.train.settings.network == "sigmoid-batch-norm");
    CHECK(page.tell(kConfigured).commands.size() == 1);
    CHECK(page.state.train.kept_runs.back().name.text() == "Without batch norm");
    CHECK_FALSE(page.train(0.97).configure);

    const ExperimentRun& run = page.state.train.experiment;
    CHECK_FALSE(run.on());
    REQUIRE(run.outcomes.size() == 2);
    CHECK(run.outcomes[0].test_accuracy == 0.11);
    CHECK(run.outcomes[1].test_accuracy == 0.97);
    CHECK(run.outcomes[1].train_accuracy == 0.75);
    CHECK(page.dispatch(commands::plain("close_experiment")).other_network);
    CHECK(page.state.train.settings.seed == 99);
    CHECK(page.state.train.settings.network == "lenet5");
}

TEST_CASE("experiments: a lane that goes out of bounds is an outcome too") {
    Page page;
    CHECK(page.dispatch(commands::run_experiment("rate-too-high")).error.empty());
    page.tell(kConfigured);
    page.train(0.98);
    page.tell(kConfigured);
    page.tell({{"event", "status"}, {"status", "diverged"}, {"step", 3}});
    REQUIRE(page.state.train.experiment.outcomes.size() == 2);
    CHECK_FALSE(page.state.train.experiment.outcomes[1].test_accuracy.has_value());
}

TEST_CASE("experiments: pausing keeps it, another setting ends it") {
    Page page;
    CHECK(page.dispatch(commands::run_experiment("all-zero")).error.empty());
    page.tell(kConfigured);
    CHECK(page.dispatch(commands::pause()).error.empty());
    CHECK(page.state.train.experiment.on());
    CHECK(page.dispatch(commands::set("learning_rate", 0.5)).error.empty());
    CHECK_FALSE(page.state.train.experiment.on());
    CHECK(page.state.train.experiment.open());
}

TEST_CASE("experiments: one begins when all images are there") {
    AppState state;
    CHECK(dispatch(state, commands::run_experiment("all-zero")).error.empty());
    REQUIRE(apply_event(state.train, kConfigured.dump(), {}));
    CHECK(go_on_with_experiment(state.train).commands.empty());
    CHECK(dispatch(state, commands::run_experiment("none")).error.find("none") !=
          std::string::npos);
}
