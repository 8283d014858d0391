// A race of optimisers, with the engine that runs it.

#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/web/models/racing_page.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/racing.h"

using namespace convoscope;
using namespace convoscope::models;
using nlohmann::json;
using test_support::Page;

namespace {

constexpr int kSteps = 20;

std::vector<float> losses_alone(const OptimizerSettings& optimizer) {
    Page page({{"seed", 5}});
    CHECK(page.dispatch(commands::set(optimizer)).empty());
    CHECK(page.dispatch(commands::step(kSteps)).empty());
    return page.train().loss.values();
}

}  // namespace

TEST_CASE("race: each optimiser goes the way that it goes alone, from the same weights") {
    Page page({{"seed", 5}});
    CHECK(page.dispatch(commands::race(kSteps)).empty());
    const TrainModel& train = page.train();
    CHECK_FALSE(train.race.on());
    const auto racers = usual_racers();
    REQUIRE(train.kept_runs.size() == 2);
    CHECK(train.kept_runs[0].name.text() == "SGD");
    CHECK(train.kept_runs[1].name.text() == "SGD, momentum");
    CHECK(train.run.text() == "Adam");
    CHECK(train.kept_runs[0].loss.values() == losses_alone(racers[0]));
    CHECK(train.kept_runs[1].loss.values() == losses_alone(racers[1]));
    CHECK(train.loss.values() == losses_alone(racers[2]));
    CHECK(train.kept_runs[0].settings.optimizer.type == OptimizerType::sgd);
    for (const auto* validation : {&train.kept_runs[0].validation, &train.validation}) {
        REQUIRE_FALSE(validation->empty());
        CHECK(validation->back().step == kSteps);
    }
}

TEST_CASE("race: it is seen whole, whatever was looked at closely before") {
    Page page({{"seed", 5}});
    CHECK(page.dispatch(commands::step(kSteps)).empty());
    CHECK(page.dispatch(commands::show_steps(4, 9)).empty());
    CHECK(page.view().last_step == 9);
    CHECK(page.dispatch(commands::race(kSteps)).empty());
    CHECK(page.view().last_step == 0);
}

TEST_CASE("race: it begins where the run is, which stays in the list") {
    Page page({{"seed", 5}});
    CHECK(page.dispatch(commands::step(7)).empty());
    const std::vector<float> before = page.train().loss.values();
    CHECK(page.dispatch(commands::race(5)).empty());
    const TrainModel& train = page.train();
    REQUIRE(train.kept_runs.size() == 3);
    CHECK(train.kept_runs[0].loss.values() == before);
    const std::vector<float>& first = train.kept_runs[1].loss.values();
    REQUIRE(first.size() == 12);
    CHECK(first[7] == train.kept_runs[2].loss.values()[7]);
    CHECK(first[7] == train.loss.values()[7]);
    CHECK(first[8] != train.loss.values()[8]);
}

TEST_CASE("race: a command of the reader's ends it, and one of no steps is refused") {
    Page page({{"seed", 5}});
    CHECK_FALSE(page.dispatch(commands::race(0)).empty());
    AppState state;
    state.train.race.lanes = usual_racers();
    CHECK(dispatch(state, commands::pause()).error.empty());
    CHECK_FALSE(state.train.race.on());
}
