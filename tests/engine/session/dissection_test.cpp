// One training step taken apart: the step is the same, and its numbers fit together.

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

namespace {

/// Three plain steps, then one that is taken apart.
json dissected_step(Laboratory& laboratory, const json& options, const json& wish) {
    laboratory.open();
    laboratory.configure(options);
    laboratory.send({{"command", "step"}, {"count", 3}});
    laboratory.run();
    json command = {{"command", "dissect"}};
    command.update(wish);
    laboratory.send(command);
    return last(laboratory.run(), "dissected");
}

std::vector<std::byte> weights_of(Laboratory& laboratory) {
    for (const Received& received :
         laboratory.send({{"command", "export"}, {"format", "safetensors"}})) {
        if (received.event["event"] == "exported") {
            return received.payload;
        }
    }
    return {};
}

}  // namespace

TEST_CASE("dissection: a step that is looked at leaves the weights of one that is not") {
    Laboratory plain;
    plain.open();
    plain.configure();
    plain.send({{"command", "step"}, {"count", 4}});
    plain.run();
    Laboratory looked_at;
    CHECK(dissected_step(looked_at, json::object(), json::object())["step"] == 4);
    CHECK(weights_of(looked_at) == weights_of(plain));
    CHECK_FALSE(weights_of(plain).empty());
}

TEST_CASE(
    "dissection: the images' losses are -log p of their labels, and their mean is the step's") {
    Laboratory laboratory;
    const json step =
        dissected_step(laboratory, {{"augment", "shift:1"}, {"label_noise", 0.5}}, json::object());
    REQUIRE(step["images"].size() == 20);
    double sum = 0.0;
    for (const json& image : step["images"]) {
        const auto label = image["label"].get<std::size_t>();
        const double p = image["probabilities"][label].get<double>();
        CHECK(image["loss"].get<double>() == doctest::Approx(-std::log(p)).epsilon(1e-4));
        sum += image["loss"].get<double>();
    }
    CHECK(step["loss"].get<double>() == doctest::Approx(sum / 20).epsilon(1e-5));
}

TEST_CASE("dissection: the weight follows the optimiser's equation") {
    Laboratory laboratory;
    const json step = dissected_step(
        laboratory,
        {{"optimizer", {{"type", "momentum"}, {"learning_rate", 0.1}, {"momentum", 0.5}}}},
        {{"parameter", "fc.weight"}, {"place", 7}});
    const json& weight = step["weight"];
    CHECK(weight["place"] == 7);
    const auto number = [&](const char* name) { return weight[name].get<double>(); };
    const double velocity = 0.5 * weight["state_before"][0].get<double>() + number("gradient");
    CHECK(weight["state_after"][0].get<double>() == doctest::Approx(velocity));
    CHECK(number("after") == doctest::Approx(number("before") - 0.1 * velocity));
    CHECK(weight["optimizer_steps"] == 4);
}

TEST_CASE("dissection: adam's means and its corrected step are those of its paper") {
    Laboratory laboratory;
    const json step = dissected_step(laboratory, json::object(), {{"parameter", "conv.weight"}});
    const json& weight = step["weight"];
    const auto g = weight["gradient"].get<double>();
    CHECK(g != 0.0);
    const double m = 0.9 * weight["state_before"][0].get<double>() + 0.1 * g;
    const double v = 0.999 * weight["state_before"][1].get<double>() + 0.001 * g * g;
    CHECK(weight["state_after"][0].get<double>() == doctest::Approx(m));
    CHECK(weight["state_after"][1].get<double>() == doctest::Approx(v));
    const double change =
        0.01 * (m / (1 - std::pow(0.9, 4))) / (std::sqrt(v / (1 - std::pow(0.999, 4))) + 1e-8);
    CHECK(weight["after"].get<double>() ==
          doctest::Approx(weight["before"].get<double>() - change));
}

TEST_CASE("dissection: every layer has its norms, and what is not there is refused") {
    Laboratory laboratory;
    const json step = dissected_step(laboratory, json::object(), json::object());
    REQUIRE(step["layers"].size() == 7);
    for (const json& layer : step["layers"]) {
        CHECK(layer["output_norm"].get<double>() > 0.0);
        const bool has_weights = layer["type"] == "conv2d" || layer["type"] == "linear";
        CHECK(layer.contains("gradient_norm") == has_weights);
    }
    CHECK(refused(laboratory.send({{"command", "dissect"}, {"parameter", "conv9.weight"}}),
                  "conv9.weight"));
    CHECK(
        refused(laboratory.send({{"command", "dissect"}, {"parameter", "conv.bias"}, {"place", 4}}),
                "0 to 3"));
}
