// Every number of every layer, taken apart and put together again, against the engine's own.

#include "web/models/inspect/neuron.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/laboratory.h"
#include "tests/web/models/inspect/trained.h"
#include "web/models/inspect/inspect_json.h"
#include "web/models/inspect/inspect_model.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::inspect;
using namespace convoscope::test;
using nlohmann::json;

namespace {

/// The greatest difference between a sum of ours and the engine's number, over all neurons.
double greatest_difference(const Trained& trained) {
    const Values values(trained.model.network, trained.snapshot);
    double greatest = 0.0;
    for (Index stage = 0; stage < std::ssize(trained.model.stages); ++stage) {
        const CapturedTensor* output = values.value(trained.model.stages[at(stage)].base() + 1);
        REQUIRE(output != nullptr);
        const Shape shape = shape_of(*output);
        for (Index i = 0; i < shape.element_count(); ++i) {
            const auto neuron =
                open_neuron(values, trained.model.stages, stage, place_in(shape, i));
            REQUIRE(neuron.has_value());
            greatest = std::max(greatest, std::abs(neuron->base - neuron->engine_base));
        }
    }
    return greatest;
}

}  // namespace

TEST_CASE("inspect: each neuron's sum is the engine's number") {
    for (const std::string& layers : kNetworks) {
        CAPTURE(layers);
        CHECK(greatest_difference(train(network_of(layers))) < 2e-6);
    }
}

TEST_CASE("inspect: each number of a sum stands where the patch says") {
    for (const std::string& layers : kNetworks) {
        CAPTURE(layers);
        const Trained trained = train(network_of(layers));
        const Values values(trained.model.network, trained.snapshot);
        for (Index stage = 0; stage < std::ssize(trained.model.stages); ++stage) {
            const Shape shape = shape_of(*values.value(trained.model.stages[at(stage)].base() + 1));
            for (Index i = 0; i < shape.element_count(); ++i) {
                const auto neuron =
                    open_neuron(values, trained.model.stages, stage, place_in(shape, i));
                REQUIRE(neuron.has_value());
                CHECK(misplaced(neuron->patches,
                                [&](Index value) { return values.value(value); }) == 0);
            }
        }
    }
}

TEST_CASE("inspect: the window of a transposed convolution holds the numbers that reach the cell") {
    const Trained trained = train(network_of(kNetworks[3]));
    const Values values(trained.model.network, trained.snapshot);
    const auto neuron = open_neuron(values, trained.model.stages, 1, {0, 1, 2});
    REQUIRE(neuron.has_value());
    // In row 1 meet rows 1 (tap 0) and 0 (tap 2) of the input, in column 2 column 1 (tap 1) only.
    CHECK(neuron->patches.front().window() ==
          PatchWindow{.top = 0, .left = 1, .height = 2, .width = 1});
}

TEST_CASE("inspect: layers that pass numbers on stand with the one before them") {
    Model model;
    model.open(network_of(kNetworks[2]));
    std::vector<std::vector<std::string>> names;
    for (const Stage& stage : model.stages) {
        names.emplace_back();
        for (const Index layer : stage.layers) {
            names.back().push_back(model.network.layers[at(layer)].name);
        }
    }
    CHECK(names == std::vector<std::vector<std::string>>{
                       {"conv"}, {"side"}, {"add", "relu"}, {"concat"}, {"mean", "flat"}, {"fc"}});
    CHECK(model.network.layers[at(model.stages[4].shown)].name == "mean");
}

TEST_CASE("inspect: a linear layer after a flatten reads maps") {
    const Trained trained = train(network_of(kNetworks[0]));
    const Values values(trained.model.network, trained.snapshot);
    const auto neuron = open_neuron(values, trained.model.stages, 2, {1, 0, 0});
    REQUIRE(neuron.has_value());
    REQUIRE(neuron->patches.size() == 4);
    CHECK(neuron->patches[3].rows == 3);
    CHECK(neuron->patches[3].channel == 3);
    CHECK(neuron->bias.has_value());
}

TEST_CASE("inspect: the steps of a stage end at what it shows") {
    const Trained trained = train(network_of(kNetworks[1]));
    const Values values(trained.model.network, trained.snapshot);
    const auto neuron = open_neuron(values, trained.model.stages, 0, {2, 1, 1});
    REQUIRE(neuron.has_value());
    REQUIRE(neuron->steps.size() == 2);
    CHECK(neuron->steps[0].type == "batch_norm2d");
    CHECK(neuron->value == doctest::Approx(std::tanh(neuron->steps[0].after)));
}

TEST_CASE("inspect: what is not there is not opened") {
    const Trained trained = train(network_of(kNetworks[0]));
    const Values values(trained.model.network, trained.snapshot);
    const auto& stages = trained.model.stages;
    CHECK_FALSE(open_neuron(values, stages, 0, {4, 0, 0}));
    CHECK_FALSE(open_neuron(values, stages, 0, {0, 6, 0}));
    CHECK_FALSE(open_neuron(values, stages, -1, {}));
    CHECK_FALSE(open_neuron(values, stages, 99, {}));
    CHECK_FALSE(open_neuron(Values(trained.model.network, {}), stages, 0, {}));
    CHECK_FALSE(trained.model.neuron({}));
}

TEST_CASE("inspect: the receptive field is what a change of pixels reaches") {
    const std::string network = network_of(
        R"({"name": "a", "type": "conv2d", "out_channels": 3, "kernel_size": 3, "padding": 1},
           {"name": "b", "type": "conv2d", "out_channels": 2, "kernel_size": 2, "dilation": 2})");
    Model model;
    model.open(network);
    Laboratory lab;
    lab.open();
    lab.configure({{"network", json::parse(network)}});
    const auto outputs = [&](const std::vector<float>& pixels) {
        const auto& events = lab.send({{"command", "capture"}, {"activations", {"b"}}},
                                      std::as_bytes(std::span(pixels)));
        const json tensor = events.front().event["tensors"][1];
        std::vector<float> floats(tensor["count"].get<std::size_t>());
        std::memcpy(floats.data(),
                    events.front().payload.data() + tensor["offset"].get<std::size_t>() * 4,
                    floats.size() * 4);
        return floats;
    };
    const std::vector<float> pixels(36, 0.5F);
    const std::vector<float> before = outputs(pixels);
    constexpr Index kSide = 4;
    for (Index pixel = 0; pixel < 36; ++pixel) {
        std::vector<float> changed = pixels;
        changed[at(pixel)] = 1.0F;
        const std::vector<float> after = outputs(changed);
        for (Index cell = 0; cell < kSide * kSide; ++cell) {
            const InputBox box =
                input_box(model.network, 2, cell / kSide, cell % kSide).value_or(InputBox{});
            const bool inside = pixel / 6 >= box.top && pixel / 6 < box.bottom &&
                                pixel % 6 >= box.left && pixel % 6 < box.right;
            CAPTURE(pixel);
            CAPTURE(cell);
            CHECK((after[at(cell)] != before[at(cell)]) <= inside);
            const bool corner = (pixel / 6 == box.top || pixel / 6 == box.bottom - 1) &&
                                (pixel % 6 == box.left || pixel % 6 == box.right - 1);
            CHECK((after[at(cell)] != before[at(cell)]) >= (inside && corner));
        }
    }
}

TEST_CASE("inspect: without a choice the strongest of the last convolution is opened") {
    Trained trained = train(network_of(kNetworks[0]));
    const auto neuron = trained.model.neuron(trained.snapshot);
    REQUIRE(neuron.has_value());
    CHECK(neuron->stage == 0);
    const CapturedTensor* shown =
        Values(trained.model.network, trained.snapshot).find("activation.relu");
    for (const float value : shown->values) {
        CHECK(static_cast<double>(value) <= neuron->value);
    }
    trained.model.pinned = Selection{"pool", {3, 2, 1}};
    const auto pinned = trained.model.neuron(trained.snapshot);
    CHECK(pinned->rule == Rule::maximum);
    CHECK(pinned->patches.front().inputs[at(pinned->winner)] == pinned->value);
    const auto field = trained.model.field(*pinned);
    CHECK(field == InputBox{.top = 3, .left = 1, .bottom = 7, .right = 5});
    const Json shown_json = json_of(trained.model, trained.snapshot);
    CHECK(shown_json["neuron"]["rule"] == "maximum");
    CHECK(shown_json["stages"] == Json({"conv", "pool", "fc"}));
}
