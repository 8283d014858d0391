#include "web/models/ready_weights.h"

#include <array>

#include <doctest/doctest.h>

#include "web/models/engine_events.h"
#include "web/models/link.h"
#include "web/models/network_choice.h"

using namespace convoscope::models;

namespace {

AppState before_the_first_step(Room room) {
    AppState state;
    state.room = room;
    state.train.configured = true;
    state.train.settings.network = "lenet5";
    return state;
}

}  // namespace

TEST_CASE("ready weights: every one belongs to a network that is offered") {
    int ready = 0;
    for (const NetworkChoice& network : network_choices()) {
        ready += has_ready_weights(network.id) ? 1 : 0;
    }
    CHECK(ready == 2);
    CHECK_FALSE(has_ready_weights("lenet1"));
}

TEST_CASE("ready weights: the Inspect room wants them before the first step") {
    AppState state = before_the_first_step(Room::inspect);
    CHECK(other_weights_wanted(state) == true);
    state.train.ready_weights = true;
    CHECK_FALSE(other_weights_wanted(state).has_value());
}

TEST_CASE(
    "ready weights: a network without them, and a reader who does not want them, has its own") {
    AppState state = before_the_first_step(Room::inspect);
    state.train.settings.network = "lenet1";
    CHECK_FALSE(other_weights_wanted(state).has_value());
    state = before_the_first_step(Room::inspect);
    state.train.ready_weights = true;
    state.inspect.untrained = true;
    CHECK(other_weights_wanted(state) == false);
}

TEST_CASE("ready weights: the Train room trains from the start") {
    AppState state = before_the_first_step(Room::train);
    CHECK_FALSE(other_weights_wanted(state).has_value());
    state.train.ready_weights = true;
    CHECK(other_weights_wanted(state) == false);
}

TEST_CASE("ready weights: the Convolve room has no use for weights, and leaves them") {
    AppState state = before_the_first_step(Room::convolve);
    CHECK_FALSE(other_weights_wanted(state).has_value());
    state.train.ready_weights = true;
    CHECK_FALSE(other_weights_wanted(state).has_value());
}

TEST_CASE("ready weights: a run that has learnt, or learns, is left alone") {
    AppState state = before_the_first_step(Room::inspect);
    state.train.step = 1;
    CHECK_FALSE(other_weights_wanted(state).has_value());
    state = before_the_first_step(Room::inspect);
    state.train.loss.append(std::array{2.3F});  // scrubbed back
    CHECK_FALSE(other_weights_wanted(state).has_value());
    state = before_the_first_step(Room::inspect);
    state.train.status = RunStatus::running;
    CHECK_FALSE(other_weights_wanted(state).has_value());
    state = before_the_first_step(Room::inspect);
    state.train.configured = false;
    CHECK_FALSE(other_weights_wanted(state).has_value());
}

TEST_CASE("ready weights: a checkpoint brings its own") {
    TrainModel model;
    model.ready_weights = true;
    apply_event(model, R"({"event":"restored","step":0,"epoch":0})", {});
    CHECK_FALSE(model.ready_weights);
}

TEST_CASE("ready weights: a link says that the reader looked at untrained ones") {
    AppState state = before_the_first_step(Room::inspect);
    state.inspect.untrained = true;
    AppState other;
    CHECK(apply_link(other, link_of(state)).notice().empty());
    CHECK(other.inspect.untrained);
    state.inspect.untrained = false;
    CHECK(apply_link(other, link_of(state)).notice().empty());
    CHECK_FALSE(other.inspect.untrained);
}
