// The course of a run as the page knows it: schedule, augmentation, goal, and how they travel.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/augmentation_choice.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/link.h"

using namespace convoscope;
using namespace convoscope::models;

namespace {

/// A run of 3 epochs of 100 steps.
TrainModel short_run() {
    TrainModel model;
    model.data.train_count = 6400;
    model.settings.epochs = 3;
    model.settings.batch_size = 64;
    model.settings.optimizer.learning_rate = 0.1;
    model.count_steps_per_epoch();
    return model;
}

}  // namespace

TEST_CASE("course: a preprocessing is one of a few, begins the run anew, and stands in the link") {
    AppState state;
    state.room = Room::train;
    const Dispatched chosen = dispatch(state, commands::choose_preprocessing("mean_image"));
    CHECK(chosen.other_network);
    CHECK_FALSE(chosen.other_data);
    CHECK(state.train.settings.preprocess == "mean_image");
    CHECK_FALSE(dispatch(state, commands::choose_preprocessing("mean_image")).other_network);
    CHECK(dispatch(state, commands::choose_preprocessing("magic")).error.find("magic") !=
          std::string::npos);
    CHECK(state.train.settings.preprocess == "mean_image");
    AppState other;
    CHECK(apply_link(other, link_of(state)).notice().empty());
    CHECK(other.train.settings.preprocess == "mean_image");
}

TEST_CASE("course: a picture comes as the network reads it, and then as it is") {
    TrainModel train;
    const std::vector<float> values{-0.5F, 1.5F, 0.0F, 1.0F};
    const std::string event =
        R"({"event":"preprocessed","split":"train","index":3,"shape":[2,1,1,2]})";
    apply_event(train, event, std::as_bytes(std::span(values)).first(15));  // half a number
    CHECK(train.preprocessed.pixels.size() != 2);
    apply_event(train, event, std::as_bytes(std::span(values)));
    CHECK(train.preprocessed.pixels == std::vector<float>{0.0F, 1.0F});
    CHECK(train.preprocessed.input.values == std::vector<float>{-0.5F, 1.5F});
    CHECK(train.preprocessed.input.shape == std::vector<std::int64_t>{1, 1, 2});
    const Spread spread = spread_of(train.preprocessed.input.values);
    CHECK(spread.least == -0.5F);
    CHECK(spread.greatest == 1.5F);
    CHECK(spread.mean == doctest::Approx(0.5));
}

TEST_CASE("course: the rate shown is the engine's schedule of this run") {
    TrainModel model = short_run();
    CHECK(model.total_steps() == 300);
    CHECK(model.learning_rate_at(299) == 0.1);
    model.settings.schedule.type = ScheduleType::cosine;
    CHECK(model.learning_rate_at(0) == 0.1);
    CHECK(model.learning_rate_at(150) == doctest::Approx(0.05));
    CHECK(model.learning_rate_at(300) == doctest::Approx(0.0));
    model.settings.schedule.type = ScheduleType::step;
    CHECK(model.learning_rate_at(100) == doctest::Approx(0.01));
}

TEST_CASE("course: a schedule without an end leaves the base rate, and says that it does not fit") {
    TrainModel model = short_run();
    model.settings.epochs = 0;
    model.settings.schedule.type = ScheduleType::cosine;
    CHECK(model.learning_rate_at(10) == 0.1);
    CHECK_FALSE(model.schedule_fits(ScheduleType::cosine));
    CHECK(model.schedule_fits(ScheduleType::constant));
}

TEST_CASE("course: another batch size makes other epochs") {
    TrainModel model = short_run();
    CHECK(apply_event(model, R"({"event":"settings","batch_size":128,"threads":4})", {}));
    CHECK(model.steps_per_epoch == 50);
    CHECK(model.settings.threads == 0);  // "all" stays "all", however many that are
}

TEST_CASE("course: schedule, augmentation, goal and the rest go through link and configure") {
    AppState state;
    state.room = Room::train;
    RunSettings& settings = state.train.settings;
    settings.optimizer.type = OptimizerType::rmsprop;
    settings.optimizer.alpha = 0.95;
    settings.schedule.type = ScheduleType::one_cycle;
    settings.clip_norm = 1.5;
    settings.label_smoothing = 0.1;
    settings.initializer.type = InitializerType::zero;
    settings.target_accuracy = 0.99;
    settings.augment = "shift:2,rotate";
    settings.test_each_epoch = true;
    AppState other;
    CHECK(apply_link(other, link_of(state)).notice().empty());
    CHECK(other.train.settings == settings);

    AppState third;
    third.room = Room::train;
    const std::string configure = commands::configure("{}", settings);
    CHECK(dispatch(third, configure).error.empty());
    CHECK(third.train.settings == settings);
}

TEST_CASE("course: what a link leaves out is as usual again, so that undo goes all the way back") {
    AppState state;
    state.room = Room::train;
    const std::string before = link_of(state);
    state.train.settings.schedule.type = ScheduleType::cosine;
    state.train.settings.augment = "flip";
    state.train.settings.test_each_epoch = true;
    CHECK(apply_link(state, before).passed_over.size() == 0);
    CHECK(state.train.settings == RunSettings{});
}

TEST_CASE("course: an augmentation that the engine does not know is passed over") {
    AppState state;
    state.room = Room::train;
    CHECK(apply_link(state, "augment=melt&schedule=zigzag&initializer=magic").passed_over.size() ==
          3);
    CHECK(state.train.settings == RunSettings{});
}

TEST_CASE("augmentation: choices are switched one by one, parameters of the others stay") {
    CHECK(toggled_augmentation("", "flip") == "flip");
    CHECK(toggled_augmentation("rotate:20", "shift") == "shift,rotate:20");
    CHECK(toggled_augmentation("shift,rotate:20", "rotate") == "shift");
    CHECK(has_augmentation("shift:3,flip", "shift"));
    CHECK_FALSE(has_augmentation("shift:3,flip", "scale"));
}

TEST_CASE("augmentation: its results come as pictures, the original first") {
    TrainModel model;
    const std::array values{0.0F, 1.0F, 0.5F, 2.0F};
    CHECK(apply_event(model,
                      R"({"event":"augmented","index":4,"label":7,"shape":[2,1,1,2]})",
                      std::as_bytes(std::span(values))));
    REQUIRE(model.augmented.count() == 2);
    CHECK(model.augmented.pixels == std::vector<std::uint8_t>{0, 255, 128, 255});
    CHECK(model.augmented.indices[1] == 4);
    const std::uint32_t revision = model.augmented_revision;
    CHECK(apply_event(model, R"({"event":"augmented","shape":[9,1,28,28]})", {}));
    CHECK(model.augmented_revision == revision);
}

TEST_CASE("course: how the weights of a run began is known until it begins anew") {
    AppState state;
    CHECK(dispatch(state, commands::set_initializer(InitializerType::zero)).error.empty());
    CHECK(state.train.begun_with != state.train.settings.initializer);
    CHECK(dispatch(state, commands::reset()).error.empty());
    CHECK(state.train.begun_with == state.train.settings.initializer);
}
