// What the looks into the layers come to.

#include "web/models/network_health.h"

#include <array>
#include <vector>

#include <doctest/doctest.h>

#include "web/models/engine_events.h"
#include "web/models/train_model.h"

using namespace convoscope::models;

namespace {

std::vector<LayerStatistics> two_layers(double dead, double ratio) {
    return {{.name = "conv1",
             .type = "conv2d",
             .has_weights = true,
             .gradient_norm = 0.5,
             .update_ratio = ratio},
            {.name = "relu1", .type = "relu", .dead_share = dead},
            {.name = "pool1", .type = "max_pool2d"},
            {.name = "fc",
             .type = "linear",
             .has_weights = true,
             .gradient_norm = 0.25,
             .update_ratio = ratio}};
}

HealthVerdict verdict_of(const std::vector<LayerStatistics>& layers) {
    NetworkHealth health;
    health.add(10, 64, layers);
    return health.verdict();
}

}  // namespace

TEST_CASE("health: a layer with weights takes the figures of the activation after it") {
    NetworkHealth health;
    health.add(1, 64, two_layers(0.25, 1e-3));
    REQUIRE(health.layers().size() == 2);
    CHECK(health.layers()[0].dead_share == 0.25);
    CHECK_FALSE(health.layers()[1].dead_share.has_value());
    CHECK(health.layers()[1].gradient_norm == 0.25);
}

TEST_CASE("health: a normalisation between a layer and its activation has no row of its own") {
    const std::array layers{
        LayerStatistics{.name = "conv1", .type = "conv2d", .has_weights = true},
        LayerStatistics{.name = "norm1", .type = "batch_norm2d", .has_weights = true},
        LayerStatistics{.name = "relu1", .type = "relu", .dead_share = 0.5}};
    NetworkHealth health;
    health.add(1, 64, layers);
    REQUIRE(health.layers().size() == 1);
    CHECK(health.layers()[0].dead_share == 0.5);
}

TEST_CASE("health: looks are kept over the whole run, and thinned out evenly") {
    NetworkHealth health;
    for (int step = 0; step <= 1000; ++step) {
        health.add(step, 64, two_layers(0, 1e-3));
        health.add(step, 64, two_layers(0, 1e-3));
    }
    const std::vector<LayerLook>& looks = health.layers()[0].looks;
    REQUIRE(looks.size() == NetworkHealth::kMostLooks);
    CHECK(looks.front().step == 0);
    CHECK(looks.back().step == 1000);
    for (std::size_t i = 1; i < looks.size(); ++i) {
        CHECK(looks[i].step > looks[i - 1].step);
        CHECK(looks[i].step - looks[i - 1].step <= 40);
    }

    SUBCASE("and those that lie ahead are forgotten when the run goes back") {
        health.add(500, 64, two_layers(0, 1e-3));
        CHECK(health.layers()[0].looks.back().step == 500);
        health.add(0, 64, two_layers(0, 1e-3));
        CHECK(health.layers()[0].looks.size() == 1);
    }
}

TEST_CASE("health: nothing is said before the first step") {
    NetworkHealth health;
    CHECK(health.verdict().kind == HealthVerdict::Kind::unknown);
    health.add(0, 64, two_layers(0, 0));
    CHECK(health.verdict().kind == HealthVerdict::Kind::unknown);
}

TEST_CASE("health: what is wrong is named with its layer and number") {
    using Kind = HealthVerdict::Kind;
    CHECK(verdict_of(two_layers(0.1, 1e-3)).kind == Kind::good);
    const HealthVerdict dead = verdict_of(two_layers(0.75, 1e-3));
    CHECK(dead.kind == Kind::look_here);
    CHECK(dead.sentence.starts_with("75 % of the units after conv1"));
    CHECK(verdict_of(two_layers(0, 0.5)).words == "steps too long");
    CHECK(verdict_of(two_layers(0, 1e-7)).words == "hardly moving");
    const std::array saturated{
        LayerStatistics{.name = "fc", .type = "linear", .has_weights = true, .update_ratio = 1e-3},
        LayerStatistics{.name = "tanh", .type = "tanh", .saturated_share = 0.9}};
    CHECK(verdict_of({saturated.begin(), saturated.end()}).words == "saturated");
}

TEST_CASE("health: the engine's message is read, what it lacks stays open") {
    TrainModel model;
    apply_event(model,
                R"({"event": "statistics", "step": 3, "images": 64, "layers": [
                    {"name": "fc", "type": "linear", "output_norm": 1.5,
                     "outputs": {"low": -2, "high": 3, "counts": [4, 0, 6]}, "parameter_norm": 2.5, "gradient_norm": 0.125, "update_ratio": null,
                     "dead_share": null, "saturated_share": null}]})",
                {});
    REQUIRE(model.health.layers().size() == 1);
    CHECK(model.health.step() == 3);
    CHECK(model.health.layers()[0].gradient_norm == 0.125);
    CHECK_FALSE(model.health.layers()[0].update_ratio.has_value());
    const LayerLook& look = model.health.layers()[0].looks.back();
    CHECK(look.output_norm == 1.5);
    CHECK(look.outputs == ValueHistogram{.low = -2, .high = 3, .counts = {4, 0, 6}});
}
