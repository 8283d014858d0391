// The data sets and networks that the page offers, and choosing among them.

#include "web/models/network_choice.h"

#include <algorithm>
#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "engine/core/shape.h"
#include "engine/network/network_file.h"
#include "tests/support/laboratory.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/link.h"
#include "web/models/own/own_choice.h"
#include "web/models/ready_weights.h"

using namespace convoscope::models;
using convoscope::Shape;

namespace {

Shape picture_of(std::string_view data) {
    return data == "mnist" ? Shape{.channels = 1, .height = 28, .width = 28}
                           : Shape{.channels = 3, .height = 32, .width = 32};
}

}  // namespace

TEST_CASE("choice: every network is a network file that takes its data set's pictures") {
    for (const NetworkChoice& choice : network_choices()) {
        CAPTURE(choice.id);
        REQUIRE(find_data(choice.data) != nullptr);
        const auto spec = convoscope::parse_network_file(std::string(network_file(choice.id)));
        REQUIRE_MESSAGE(spec.ok(), spec.error().message);
        CHECK(spec->name == choice.name);
        CHECK(spec->input == picture_of(choice.data));
    }
}

TEST_CASE(
    "choice: dropout stands before the last linear layer of every network, and nowhere at 0") {
    for (const NetworkChoice& choice : network_choices()) {
        CAPTURE(choice.id);
        const std::string file(network_file(choice.id));
        const auto plain = convoscope::parse_network_file(network_with_dropout(file, 0.0));
        const auto spec = convoscope::parse_network_file(network_with_dropout(file, 0.25));
        REQUIRE(plain.ok());
        REQUIRE_MESSAGE(spec.ok(), spec.error().message);
        REQUIRE(spec->layers.size() == plain->layers.size() + 1);
        const auto dropout =
            std::ranges::find(spec->layers, "dropout", &convoscope::LayerSpec::name);
        REQUIRE(dropout != spec->layers.end());
        CHECK(std::get<convoscope::DropoutSpec>(dropout->attributes).p == 0.25);
        CHECK((dropout + 1)->type == "linear");
        CHECK(std::none_of(dropout + 2, spec->layers.end(), [](const auto& layer) {
            return layer.type == "linear";
        }));
    }
}

TEST_CASE(
    "choice: dropout counts at once before the first step, and later from the next reset on") {
    AppState state;
    state.room = Room::train;
    CHECK(dispatch(state, R"({"command": "choose_dropout", "rate": 0.5})").other_network);
    apply_event(
        state.train,
        R"({"event": "configured", "network": {"layers": [{"type": "dropout", "p": 0.5}]}})",
        {});
    CHECK(dispatch(state, R"({"command": "reset"})").for_engine);
    state.train.step = 12;
    CHECK_FALSE(dispatch(state, R"({"command": "choose_dropout", "rate": 0.25})").other_network);
    CHECK(link_of(state).find("dropout=0.25") != std::string::npos);
    const Dispatched reset = dispatch(state, R"({"command": "reset"})");
    CHECK(reset.other_network);
    CHECK_FALSE(reset.for_engine);
    CHECK_FALSE(dispatch(state, R"({"command": "choose_dropout", "rate": 1})").error.empty());
}

TEST_CASE("choice: another data set brings a network that learns it, and forgets the old one") {
    AppState state;
    state.train.step = 12;
    apply_event(state.train, R"({"event": "data", "name": "MNIST", "train_loaded": 2000})", {});
    const Dispatched chosen = dispatch(state, R"({"command": "choose_data", "data": "cifar10"})");
    CHECK(chosen.other_data);
    CHECK(chosen.other_network);
    CHECK_FALSE(chosen.for_engine);
    CHECK(state.train.settings.network == "cifar-quick");
    CHECK(state.train.step == 0);
    CHECK_FALSE(state.train.can_train());

    SUBCASE("and what still comes of the old one is passed over") {
        apply_event(state.train, R"({"event": "data", "name": "MNIST", "train_loaded": 4000})", {});
        CHECK(state.train.data.train_loaded == 0);
        apply_event(
            state.train, R"({"event": "data", "name": "CIFAR-10", "train_loaded": 1000})", {});
        CHECK(state.train.data.train_loaded == 1000);
    }
}

TEST_CASE("choice: another network of the same data set keeps the data") {
    AppState state;
    state.train.data.train_loaded = 2000;
    const Dispatched chosen =
        dispatch(state, R"({"command": "choose_network", "network": "lenet-300"})");
    CHECK_FALSE(chosen.other_data);
    CHECK(chosen.other_network);
    CHECK(state.train.data.train_loaded == 2000);
}

TEST_CASE("choice: the same again changes nothing, an unknown one is named") {
    AppState state;
    const Dispatched same =
        dispatch(state, R"({"command": "choose_network", "network": "lenet5"})");
    CHECK_FALSE(same.other_network);
    const Dispatched unknown =
        dispatch(state, R"({"command": "choose_network", "network": "brain"})");
    CHECK(unknown.error.find("brain") != std::string::npos);
    CHECK(dispatch(state, R"({"command": "choose_data", "data": 3})").error != "");
    CHECK(state.train.settings.network == "lenet5");
}

TEST_CASE("choice: a link's network and data set always fit together") {
    const auto chosen_by = [](std::string_view link) {
        AppState state;
        state.room = Room::train;
        apply_link(state, link);
        return state.train.settings.data + " " + state.train.settings.network;
    };
    CHECK(chosen_by("v=1&network=cifar-residual") == "cifar10 cifar-residual");
    CHECK(chosen_by("v=1&data=cifar10") == "cifar10 cifar-quick");
    CHECK(chosen_by("v=1&data=cifar10&network=lenet1") == "mnist lenet1");
    CHECK(chosen_by("v=1&data=elsewhere&network=brain") == "mnist lenet5");
    CHECK(chosen_by("v=1&data=shapes") == "shapes lenet5");
    CHECK(chosen_by("v=1&data=bars&network=lenet1") == "bars lenet1");
    CHECK(chosen_by("v=1&data=bars&network=cifar-quick") == "cifar10 cifar-quick");
}

TEST_CASE(
    "choice: a set made by formula is learnt by MNIST's networks, and knows no ready weights") {
    AppState state;
    const Dispatched chosen = dispatch(state, R"({"command": "choose_data", "data": "shapes"})");
    CHECK(chosen.other_data);
    CHECK(state.train.settings.network == "lenet5");
    CHECK(has_ready_weights("lenet5"));
    CHECK_FALSE(has_ready_weights(state.train.settings));
    CHECK(dispatch(state, R"({"command": "choose_network", "network": "lenet1"})").error.empty());
    CHECK(state.train.settings.data == "shapes");
    CHECK(dispatch(state, R"({"command": "choose_network", "network": "cifar-quick"})")
              .error.empty());
    CHECK(state.train.settings.data == "cifar10");
}

TEST_CASE(
    "choice: the engine makes what is offered as made by formula, and learns it in 200 steps") {
    for (const DataChoice& choice : data_choices()) {
        if (!choice.is_made()) {
            continue;
        }
        CAPTURE(choice.id);
        TrainModel train;
        train.settings.data = choice.id;
        train.settings.network = first_network_of(choice.id).id;
        convoscope::test::Laboratory lab;
        const auto send = [&](const std::string& command) {
            auto events = lab.send(nlohmann::json::parse(command));
            for (auto& each : lab.run()) {
                events.push_back(std::move(each));
            }
            for (const auto& [event, bytes] : events) {
                apply_event(train, event.dump(), bytes);
            }
        };
        send(make_data(choice));
        CHECK(train.data.name == choice.name);
        CHECK(train.data.complete());
        CHECK(train.data.classes.size() == static_cast<std::size_t>(choice.classes));
        send(
            commands::configure(own::network_with_outputs(network_file(train.settings.network),
                                                          static_cast<std::size_t>(choice.classes)),
                                train.settings));
        CHECK(train.last_error.empty());
        CHECK(train.data.train_count == 5500);
        CHECK(train.data.validation_count == 500);
        CHECK(train.data.test_count == 1000);
        send(commands::step(200));
        send(commands::evaluate("test"));
        REQUIRE_FALSE(train.test.empty());
        CHECK(train.test.back().accuracy > 0.7);  // by chance a quarter, or a sixth
    }
}
