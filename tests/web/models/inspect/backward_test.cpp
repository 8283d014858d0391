// Every gradient of every layer, taken apart into its sum and put together again, against the
// engine's own, and against moving the number a little.

#include "web/models/inspect/backward.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/web/models/inspect/trained.h"
#include "web/models/inspect/inspect_commands.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::inspect;
using namespace convoscope::test;
using nlohmann::json;

namespace {

/// The greatest difference between a sum of ours and the engine's gradient, over all values.
double greatest_difference(const Trained& trained, Question question) {
    const Values values(trained.model.network, trained.snapshot);
    double greatest = 0.0;
    for (Index stage = -1; stage < std::ssize(trained.model.stages); ++stage) {
        const Index value = stage < 0 ? 0 : trained.model.stages[at(stage)].shown + 1;
        const Shape shape = shape_of(*values.value(value));
        for (Index i = 0; i < shape.element_count(); ++i) {
            const auto gradient = open_gradient(
                values, trained.model.stages, stage, place_in(shape, i), question, trained.type);
            REQUIRE(gradient.has_value());
            CHECK(gradient->whole);
            CHECK(misplaced(gradient->patches, [&](Index read) { return values.gradient(read); }) ==
                  0);
            greatest = std::max(greatest, std::abs(gradient->sum - gradient->engine));
        }
    }
    return greatest;
}

const std::vector<std::string>& more_networks() {
    static const std::vector<std::string> networks = [] {
        std::vector<std::string> all = kNetworks;
        all.emplace_back(
            R"({"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
               {"name": "elu", "type": "elu"},
               {"name": "pool", "type": "max_pool2d", "kernel_size": 3, "stride": 2, "padding": 1},
               {"name": "again", "type": "conv2d", "out_channels": 2, "kernel_size": 2,
                "padding": 1, "padding_mode": "circular"},
               {"name": "gelu", "type": "gelu"},
               {"name": "silu", "type": "silu"},
               {"name": "mean", "type": "avg_pool2d", "kernel_size": 2, "padding": 1,
                "count_include_pad": false})");
        return all;
    }();
    return networks;
}

}  // namespace

TEST_CASE("backward: each gradient's sum is the engine's, of the loss and of a score") {
    for (const std::string& layers : more_networks()) {
        CAPTURE(layers);
        CHECK(
            greatest_difference(train(network_of(layers), {{"gradient_of", "loss"}, {"class", 1}}),
                                Question::loss) < 2e-6);
        CHECK(greatest_difference(train(network_of(layers), {{"gradient_of", "score"}}),
                                  Question::score) < 2e-6);
    }
}

TEST_CASE("backward: a slope agrees to a thousandth of the gradient, however small it is") {
    CHECK(agreement_of({.gradient = 1.0, .slope = 1.0009}) == Agreement::agrees);
    CHECK(agreement_of({.gradient = 1.0, .slope = 1.002}) == Agreement::differs);
    CHECK(agreement_of({.gradient = -1e-7, .slope = -1.0009e-7}) == Agreement::agrees);
    CHECK(agreement_of({.gradient = -1e-7, .slope = -1.08e-7}) == Agreement::differs);
    CHECK(agreement_of({.gradient = 1e-7, .slope = 5e-7}) == Agreement::differs);
    CHECK(agreement_of({.gradient = 0.0, .slope = 0.0}) == Agreement::agrees);
    CHECK(agreement_of({.gradient = 1.0, .slope = 2.0, .kink = true}) == Agreement::kink);
}

TEST_CASE(
    "backward: rounding excuses a slope up to a tenth of the gradient, then nothing is told") {
    CHECK(agreement_of({.gradient = 1.0, .slope = 1.02, .rounding = 0.03}) == Agreement::agrees);
    CHECK(agreement_of({.gradient = 1.0, .slope = 1.05, .rounding = 0.03}) == Agreement::differs);
    CHECK(agreement_of({.gradient = 1e-7, .slope = 1.1e-7, .rounding = 3e-8}) ==
          Agreement::too_small);
    CHECK(agreement_of({.gradient = 0.0, .slope = 1e-9, .rounding = 2e-9}) == Agreement::too_small);
}

TEST_CASE("backward: each parameter's gradient is the sum over the places that use it") {
    std::set<std::string> kinds;
    for (const std::string& layers : more_networks()) {
        CAPTURE(layers);
        const Trained trained = train(network_of(layers), {{"gradient_of", "loss"}, {"class", 2}});
        const Values values(trained.model.network, trained.snapshot);
        const auto& stages = trained.model.stages;
        for (Index stage = 0; stage < std::ssize(stages); ++stage) {
            for (const auto& [kind, tensor] :
                 parameters_of(trained.model.network, stages[at(stage)])) {
                CAPTURE(tensor);
                kinds.insert(kind);
                const auto count = std::ssize(values.find(tensor)->values);
                for (Index i = 0; i < count; ++i) {
                    const auto gradient = open_parameter(values, stages, stage, tensor, i);
                    REQUIRE(gradient.has_value());
                    CHECK(std::abs(gradient->sum - gradient->engine) < 2e-6);
                    CHECK(misplaced(gradient->patches,
                                    [&](Index read) { return values.gradient(read); }) == 0);
                }
                CHECK_FALSE(open_parameter(values, stages, stage, tensor, count));
            }
            CHECK_FALSE(open_parameter(values, stages, stage, "elsewhere.weight", 0));
        }
    }
    CHECK(kinds == std::set<std::string>{"weights", "bias", "gamma", "beta"});
}

TEST_CASE("backward: steps lead from what a stage shows back to its base layer") {
    const Trained trained = train(network_of(kNetworks[1]), {{"gradient_of", "loss"}});
    const Values values(trained.model.network, trained.snapshot);
    const auto gradient =
        open_gradient(values, trained.model.stages, 0, {2, 1, 1}, Question::loss, trained.type);
    REQUIRE(gradient.has_value());
    REQUIRE(gradient->steps.size() == 2);
    const double tanh = number_at(*values.find("activation.tanh"), {2, 1, 1});
    CHECK(gradient->steps[0].layer == "tanh");
    CHECK(gradient->steps[0].after ==
          doctest::Approx(gradient->engine * (1 - tanh * tanh)).epsilon(1e-4));
    CHECK(gradient->steps[1].layer == "norm");
    CHECK(gradient->steps[1].after ==
          doctest::Approx(number_at(*values.find("gradient.activation.conv"), {2, 1, 1})));
}

TEST_CASE("backward: the loss begins at p - y") {
    const Trained trained =
        train(network_of(kNetworks[0]), {{"gradient_of", "loss"}, {"class", 0}});
    const Values values(trained.model.network, trained.snapshot);
    const auto right = open_gradient(values, trained.model.stages, 2, {0, 0, 0}, Question::loss, 0);
    const auto wrong = open_gradient(values, trained.model.stages, 2, {1, 0, 0}, Question::loss, 0);
    REQUIRE(right->end.has_value());
    CHECK(right->end->truth == 1.0);
    CHECK(wrong->end->truth == 0.0);
    CHECK(right->engine == doctest::Approx(right->end->probability - 1.0));
    CHECK(wrong->engine == doctest::Approx(wrong->end->probability));
}

TEST_CASE("backward: moving the number a little shows the same slope") {
    Trained trained = train(network_of(kNetworks[0]), {{"gradient_of", "loss"}, {"class", 1}});
    Model& room = trained.model;
    room.direction = Direction::backward;
    const auto check = [&](const Selection& pinned, Index weight) {
        room.pinned = pinned;
        room.weight = weight;
        const auto gradient = room.gradient(trained.snapshot, trained.type);
        REQUIRE(gradient.has_value());
        const auto& events = trained.laboratory->send({{"command", "difference"},
                                                       {"tensor", gradient->tensor},
                                                       {"element", gradient->element}});
        CHECK(take_event(room.checked, events.front().event.dump()));
        REQUIRE(room.checked.has_value());
        CHECK(room.checked->tensor == gradient->tensor);
        CHECK(room.checked->element == gradient->element);
        CHECK(room.checked->gradient == doctest::Approx(gradient->engine));
        CHECK(room.checked->rounding > 0.0);
        CHECK(room.checked->rounding < 1e-3);
        CHECK(std::abs(room.checked->slope - gradient->sum) < 1e-3);
    };
    check({"input", {0, 2, 3}}, -1);
    check({"conv", {2, 3, 3}}, -1);
    check({"conv", {2, 3, 3}}, 13);
    check({"pool", {1, 1, 2}}, -1);
    check({"fc", {2, 0, 0}}, -1);
    check({"fc", {2, 0, 0}}, 40);
    CHECK_FALSE(take_event(room.checked, R"({"event": "metrics"})"));
}

TEST_CASE("backward: a bias, a scale and a shift are held against moving them") {
    Trained trained = train(network_of(kNetworks[1]), {{"gradient_of", "loss"}, {"class", 1}});
    Model& room = trained.model;
    room.direction = Direction::backward;
    room.pinned = Selection{"conv", {2, 1, 1}};
    for (const char* tensor : {"conv.bias", "norm.weight", "norm.bias"}) {
        CAPTURE(tensor);
        const Json command{{"command", "inspect_weight"}, {"tensor", tensor}, {"element", 2}};
        CHECK(carry_out(room, command).error.empty());
        const auto gradient = room.gradient(trained.snapshot, trained.type);
        REQUIRE(gradient.has_value());
        CHECK(gradient->tensor == tensor);
        const auto& events = trained.laboratory->send(
            {{"command", "difference"}, {"tensor", tensor}, {"element", 2}});
        REQUIRE(take_event(room.checked, events.front().event.dump()));
        CHECK(std::abs(room.checked->slope - gradient->sum) < 1e-3);
    }
}

TEST_CASE("backward: without gradients, or at no place, nothing is opened") {
    const Trained forward = train(network_of(kNetworks[0]));
    CHECK_FALSE(forward.model.gradient(forward.snapshot, -1));
    const Trained trained = train(network_of(kNetworks[0]), {{"gradient_of", "loss"}});
    const Values values(trained.model.network, trained.snapshot);
    const auto& stages = trained.model.stages;
    CHECK_FALSE(open_gradient(values, stages, 0, {9, 0, 0}, Question::loss, 0));
    CHECK_FALSE(open_gradient(values, stages, -1, {1, 0, 0}, Question::loss, 0));
    CHECK_FALSE(open_parameter(values, stages, 0, "conv.weight", 36));
    CHECK_FALSE(open_parameter(values, stages, 0, "conv.bias", 4));
    CHECK_FALSE(open_parameter(values, stages, 1, "pool.weight", 0));
}

TEST_CASE("backward: without a choice the greatest gradient of the last convolution is opened") {
    Trained trained = train(network_of(kNetworks[0]), {{"gradient_of", "loss"}});
    trained.model.direction = Direction::backward;
    const auto gradient = trained.model.gradient(trained.snapshot, -1);
    REQUIRE(gradient.has_value());
    const Values values(trained.model.network, trained.snapshot);
    const Index value = trained.model.stages[0].shown + 1;
    const std::vector<float>& others = values.gradient(value)->values;
    for (std::size_t i = 0; i < others.size(); ++i) {
        if (values.value(value)->values[i] != 0.0F) {
            CHECK(std::abs(static_cast<double>(others[i])) <= std::abs(gradient->engine));
        }
    }
    CHECK(gradient->engine != 0.0);
}

TEST_CASE("backward: commands turn the direction, and the input is let go of forwards") {
    Trained trained = train(network_of(kNetworks[0]));
    Model& room = trained.model;
    const auto send = [&](const json& command) { return carry_out(room, command).error; };
    CHECK(send({{"command", "inspect_direction"}, {"direction", "sideways"}}) != "");
    CHECK(send({{"command", "inspect_direction"}, {"direction", "backward"}}) == "");
    CHECK(send({{"command", "inspect_question"}, {"question", "score"}}) == "");
    CHECK(room.question == Question::score);
    CHECK(send({{"command", "inspect_pin"}, {"layer", "input"}}) == "");
    CHECK(room.pinned.has_value());
    CHECK(send({{"command", "inspect_direction"}, {"direction", "forward"}}) == "");
    CHECK_FALSE(room.pinned.has_value());
    CHECK(send({{"command", "inspect_offer"}, {"offer", "class"}, {"class", 2}}) == "");
    CHECK(send({{"command", "inspect_offer"}, {"offer", "class"}, {"class", -2}}) != "");
    CHECK(room.offered_class == 2);
}
