#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/engine_events.h"
#include "web/models/going_back.h"

using namespace convoscope::models;

namespace {

/// Of three classes the last has no image, and none is read as the second.
Evaluation with_gaps(std::int64_t step) {
    return {.step = step, .accuracy = 0.75, .count = 8, .confusion = {6, 0, 1, 1, 0, 0, 0, 0, 0}};
}

}  // namespace

TEST_CASE("evaluation: recall goes by the row, precision by the column") {
    const Evaluation evaluation = with_gaps(1);
    CHECK(recall_of(evaluation, 0).right == 6);
    CHECK(recall_of(evaluation, 0).of == 7);
    CHECK(recall_of(evaluation, 0).share() == doctest::Approx(6.0 / 7.0));
    CHECK(recall_of(evaluation, 1).share() == doctest::Approx(0.0));
    CHECK(precision_of(evaluation, 0).share() == doctest::Approx(6.0 / 7.0));
    CHECK(precision_of(evaluation, 2).share() == doctest::Approx(0.0));
}

TEST_CASE("evaluation: an empty row has no recall, an empty column no precision") {
    CHECK_FALSE(recall_of(with_gaps(1), 2).share());
    CHECK_FALSE(precision_of(with_gaps(1), 1).share());
}

TEST_CASE("evaluation: the interval is Wilson's, also where everything was right") {
    Evaluation evaluation = with_gaps(1);
    evaluation.accuracy = 0.9;
    evaluation.count = 100;
    CHECK(evaluation.half_interval() == doctest::Approx(0.0597).epsilon(0.01));
    evaluation.accuracy = 1.0;
    CHECK(evaluation.half_interval() == doctest::Approx(0.0185).epsilon(0.01));
}

TEST_CASE("evaluation: the reader chooses whose confusion is shown; unasked it is the newest") {
    AppState state;
    state.train.step = 9;
    state.train.validation = {with_gaps(5)};
    state.train.test = {with_gaps(9)};
    CHECK(state.train.newest_confusion().split == std::string("test"));
    CHECK(dispatch(state, R"({"command":"show_confusion","split":"validation"})").error.empty());
    CHECK(state.train.newest_confusion().split == std::string("validation"));
    CHECK(state.train.newest_confusion().evaluation->step == 5);
    CHECK_FALSE(dispatch(state, R"({"command":"show_confusion","split":"all"})").error.empty());
    state.train.shown_split = "test";
    state.train.test.clear();
    CHECK(state.train.newest_confusion().split == std::string("validation"));
}

TEST_CASE("evaluation: a cell opens while the engine knows its images, and not while racing") {
    TrainModel train;
    CHECK_FALSE(train.can_open(train.newest_confusion()));
    train.step = 4;
    REQUIRE(apply_event(train,
                        R"({"event":"evaluation","split":"validation","step":4,"accuracy":1,
                            "count":1,"confusion":[[1,0],[0,0]]})",
                        {}));
    CHECK(train.can_open(train.newest_confusion()));
    train.race.lanes.resize(1);
    CHECK_FALSE(train.can_open(train.newest_confusion()));
    train.race = {};
    static_cast<void>(scrub_to(train, {.id = 3, .step = 4}));
    CHECK_FALSE(train.can_open(train.newest_confusion()));
}

TEST_CASE("evaluation: a misread validation image is taken into the Inspect room with its pixels") {
    AppState state;
    state.train.mistakes = {.split = "validation",
                            .images = {{.index = 70, .label = 4, .predicted = 9}},
                            .pictures = {.split = "validation",
                                         .indices = {70},
                                         .labels = {4},
                                         .height = 1,
                                         .width = 2,
                                         .pixels = {7, 8}}};
    const std::string command = R"({"command":"inspect_picture","index":70,"split":)";
    CHECK(dispatch(state, command + R"("train"})").error.empty());
    CHECK(state.inspect.split == "train");
    CHECK(state.inspect.image_key() != "picture 70");
    CHECK(state.inspect.own.picture.pixels == std::vector<std::uint8_t>{7, 8});
    CHECK(state.inspect.own.picture.labels == std::vector{4});
    CHECK_FALSE(dispatch(state, command + R"("validation"})").error.empty());
}
