// Every map of every layer, taken apart into partial maps and put together again, against the
// engine's own; and how a layer is opened and left.

#include "web/models/inspect/map_sum.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "tests/web/models/inspect/trained.h"
#include "web/models/inspect/inspect_commands.h"
#include "web/models/inspect/inspect_json.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::inspect;
using namespace convoscope::test;
using nlohmann::json;

namespace {

constexpr double kRounding = 1e-5;  // of floats that are stored, of magnitudes about one

std::string send(Model& room, const json& command) {
    return carry_out(room, command).error;
}

}  // namespace

TEST_CASE("map sum: the partial maps and the bias add up to the engine's map, in every layer") {
    for (const std::string& layers : kNetworks) {
        const Trained trained = train(network_of(layers));
        const Values values(trained.model.network, trained.snapshot);
        const auto& stages = trained.model.stages;
        for (Index stage = 0; stage < std::ssize(stages); ++stage) {
            const LayerSpec& layer = trained.model.network.layers[at(stages[at(stage)].base())];
            CAPTURE(layer.name);
            const CapturedTensor& made = *values.value(stages[at(stage)].base() + 1);
            const Shape shape = shape_of(made);
            for (Index channel = 0; channel < shape.channels; ++channel) {
                const auto sum = sum_of_map(values, stages, stage, channel);
                REQUIRE(sum.has_value() == !shape.flat);
                if (shape.flat) {
                    continue;
                }
                const bool adds = sum->rule == Rule::weighted_sum || sum->rule == Rule::addition ||
                                  sum->rule == Rule::copy;
                CHECK(sum->total.empty() == !adds);
                CHECK(sum->difference < kRounding);
                for (Index i = 0; adds && i < shape.height * shape.width; ++i) {
                    double own = sum->bias.value_or(0.0);
                    for (const MapPart& part : sum->parts) {
                        own += static_cast<double>(part.map[at(i)]);
                    }
                    const Place place{channel, i / shape.width, i % shape.width};
                    CHECK(std::abs(own - number_at(made, place)) < kRounding);
                }
            }
        }
    }
}

TEST_CASE("map sum: a part's number at a place is the sum of that place's patch") {
    for (const std::string& layers : kNetworks) {
        const Trained trained = train(network_of(layers));
        const Values values(trained.model.network, trained.snapshot);
        const auto& stages = trained.model.stages;
        const auto sum = sum_of_map(values, stages, 1, 1);
        if (!sum || sum->rule != Rule::weighted_sum) {
            continue;
        }
        for (Index i = 0; i < sum->height * sum->width; ++i) {
            const auto neuron = open_neuron(values, stages, 1, {1, i / sum->width, i % sum->width});
            REQUIRE(neuron->patches.size() == sum->parts.size());
            for (std::size_t part = 0; part < sum->parts.size(); ++part) {
                CHECK(std::abs(static_cast<double>(sum->parts[part].map[at(i)]) -
                               neuron->patches[part].sum) < kRounding);
            }
        }
    }
}

TEST_CASE("map sum: a slice begins where the layer's weights have it") {
    const Trained trained = train(network_of(kNetworks[3]));
    const Values values(trained.model.network, trained.snapshot);
    for (const Index stage : {Index{0}, Index{1}}) {
        const auto sum = sum_of_map(values, trained.model.stages, stage, 1);
        REQUIRE(sum.has_value());
        const LayerSpec& layer =
            trained.model.network.layers[at(trained.model.stages[at(stage)].base())];
        const CapturedTensor& weights = *values.find(layer.name + ".weight");
        for (const MapPart& part : sum->parts) {
            for (Index i = 0; i < std::ssize(part.weights); ++i) {
                CHECK(part.weights[at(i)] ==
                      static_cast<double>(weights.values[at(part.first_weight + i)]));
            }
        }
    }
}

TEST_CASE("layer: opened, a number of it, and back level by level") {
    Trained trained = train(network_of(kNetworks[0]));
    Model& room = trained.model;
    CHECK_FALSE(room.opened_map(trained.snapshot));
    CHECK(send(room, {{"command", "inspect_open"}, {"layer", "relu"}, {"channel", 2}}) == "");
    CHECK(room.opened == OpenedLayer{"conv", 2});
    CHECK(room.neuron(trained.snapshot)->place.channel == 2);
    CHECK(send(room,
               {{"command", "inspect_pin"},
                {"layer", "conv"},
                {"channel", 3},
                {"row", 1},
                {"column", 4}}) == "");
    CHECK(room.opened == OpenedLayer{"conv", 3});
    CHECK(room.neuron(trained.snapshot)->place == Place{3, 1, 4});
    const Json shown = json_of(room, trained.snapshot);
    CHECK(shown["opened"]["sum"]["parts"].size() == 1);
    CHECK(shown["opened"]["engine"].size() == 36);
    CHECK(send(room, {{"command", "inspect_back"}}) == "");
    CHECK_FALSE(room.pinned.has_value());
    CHECK(room.opened == OpenedLayer{"conv", 3});
    CHECK(send(room, {{"command", "inspect_back"}}) == "");
    CHECK_FALSE(room.opened.has_value());
    CHECK(send(room, {{"command", "inspect_open"}, {"layer", "nowhere"}}) != "");
}

TEST_CASE("layer: a channel that is not there opens the last one, and a number elsewhere its own") {
    Trained trained = train(network_of(kNetworks[0]));
    Model& room = trained.model;
    room.opened = OpenedLayer{"conv", 99};
    CHECK(room.opened_map(trained.snapshot)->channel == 3);
    CHECK(room.neuron(trained.snapshot)->place.channel == 3);
    room.pinned = Selection{"pool", {0, 0, 0}};  // as a link may say
    CHECK(room.neuron(trained.snapshot)->stage == 0);
    room.pin({"pool", {1, 2, 2}});
    CHECK(room.opened == OpenedLayer{"pool", 1});
    CHECK(room.opened_map(trained.snapshot)->total.empty());
}
