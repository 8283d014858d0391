// Explanations through the session: commands in, events out, while training goes on.

#include <array>
#include <cmath>
#include <cstring>

#include <doctest/doctest.h>

#include "tests/support/laboratory.h"

using namespace convoscope;
using convoscope::test::count_of;
using convoscope::test::Laboratory;
using convoscope::test::last;
using convoscope::test::Received;
using convoscope::test::refused;
using nlohmann::json;

namespace {

/// With data and a network.
class Ready : public Laboratory {
  public:
    Ready() {
        open();
        configure();
    }
};

doctest::Approx near(float number) {
    return doctest::Approx(static_cast<double>(number)).epsilon(1e-4).scale(1.0);
}

const json kImage = {{"split", "test"}, {"index", 4}};

/// A tensor of an event's payload; empty when it has none of that name.
std::vector<float> tensor(const std::vector<Received>& events,
                          const std::string& event,
                          const std::string& name) {
    std::vector<float> values;
    for (const Received& received : events) {
        if (received.event["event"] != event) {
            continue;
        }
        for (const json& entry : received.event["tensors"]) {
            if (entry["name"] == name) {
                values.resize(entry["count"].get<std::size_t>());
                std::memcpy(
                    values.data(),
                    received.payload.data() + entry["offset"].get<std::size_t>() * sizeof(float),
                    values.size() * sizeof(float));
            }
        }
    }
    return values;
}

}  // namespace

TEST_CASE("explain: every kind answers with its tensors, and is done") {
    Ready laboratory;
    const std::array<std::pair<json, std::string>, 9> kinds = {
        {{{{"kind", "saliency"}, {"image", kImage}}, "map"},
         {{{"kind", "occlusion"}, {"image", kImage}, {"class", 2}}, "map"},
         {{{"kind", "grad_cam"}, {"image", kImage}}, "map"},
         {{{"kind", "nearest_images"}, {"image", kImage}, {"count", 4}}, "pixels"},
         {{{"kind", "projection"}, {"image", kImage}}, "places"},
         {{{"kind", "projection"}, {"method", "tsne"}, {"images", 20}}, "places"},
         {{{"kind", "exciting_images"}, {"layer", "relu"}, {"channel", 3}}, "pixels"},
         {{{"kind", "gradient_ascent"}, {"layer", "conv"}, {"channel", 1}}, "picture"},
         {{{"kind", "effective_field"}, {"layer", "pool"}, {"row", 0}}, "map"}}};
    for (const auto& [fields, name] : kinds) {
        json command = {{"command", "explain"}, {"id", 7}};
        command.update(fields);
        laboratory.send(command);
        const std::vector<Received>& events = laboratory.run();
        const json explanation = last(events, "explanation");
        CAPTURE(fields.dump());
        REQUIRE_FALSE(explanation.is_null());
        CHECK(explanation["kind"] == fields["kind"]);
        CHECK(explanation["id"] == 7);
        CHECK(count_of(events, "done") == 1);
        const std::vector<float> values = tensor(events, "explanation", name);
        CHECK_FALSE(values.empty());
        CHECK(std::ranges::all_of(values, [](float value) { return std::isfinite(value); }));
    }
}

TEST_CASE("explain: the projection has a place for each test image, and one for the image asked") {
    Ready laboratory;
    laboratory.send({{"command", "explain"}, {"kind", "projection"}, {"image", kImage}});
    const std::vector<Received>& events = laboratory.run();
    const json explanation = last(events, "explanation");
    CHECK(explanation["labels"].size() == 30);
    const std::vector<float> places = tensor(events, "explanation", "places");
    REQUIRE(places.size() == 62);
    CHECK(places[60] == near(places[8]));  // the image asked is the fifth of them
    CHECK(places[61] == near(places[9]));
}

TEST_CASE("explain: training goes on meanwhile, and the explanation is of the step it began at") {
    Ready laboratory;
    laboratory.send({{"command", "step"}, {"count", 8}});
    laboratory.send(
        {{"command", "explain"}, {"kind", "projection"}, {"method", "tsne"}, {"images", 30}});
    const std::vector<Received>& events = laboratory.run();
    CHECK(last(events, "explanation")["step"] == 0);
    CHECK(last(events, "metrics")["step"] == 8);
    std::size_t metrics = 0;
    std::size_t explained = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        metrics = events[i].event["event"] == "metrics" && metrics == 0 ? i + 1 : metrics;
        explained = events[i].event["event"] == "explanation" ? i + 1 : explained;
    }
    CHECK(metrics < explained);
    CHECK(count_of(events, "explaining") > 0);
}

TEST_CASE("explain: it is cancelled by its kind, by another of its kind, or by another network") {
    Ready laboratory;
    const json slow = {{"command", "explain"},
                       {"kind", "projection"},
                       {"method", "tsne"},
                       {"images", 30},
                       {"id", 1}};
    laboratory.send(slow);
    CHECK(last(laboratory.send({{"command", "cancel_explanation"}, {"kind", "projection"}}),
               "done")["id"] == 1);
    CHECK(count_of(laboratory.run(), "explanation") == 0);
    laboratory.send(slow);
    CHECK(last(laboratory.send(slow), "done")["id"] == 1);
    laboratory.configure();
    CHECK(count_of(laboratory.run(), "explanation") == 0);
}

TEST_CASE("explain: what cannot be explained is refused in a sentence") {
    Laboratory laboratory;
    CHECK(refused(laboratory.send({{"command", "explain"}, {"kind", "saliency"}}), "no network"));
    laboratory.open();
    laboratory.configure();
    const auto asked = [&](json fields) {
        fields["command"] = "explain";
        return laboratory.send(fields);
    };
    CHECK(refused(asked({{"kind", "magic"}}), "expected \"saliency\""));
    CHECK(refused(asked({{"kind", "saliency"}}), "wants an image"));
    CHECK(refused(asked({{"kind", "saliency"}, {"image", kImage}, {"class", 3}}), "class"));
    CHECK(refused(asked({{"kind", "exciting_images"}}), "name of a layer"));
    CHECK(refused(asked({{"kind", "exciting_images"}, {"layer", "nose"}}), "no \"nose\""));
    CHECK(
        refused(asked({{"kind", "gradient_ascent"}, {"layer", "conv"}, {"channel", 4}}), "4×6×6"));
    CHECK(refused(asked({{"kind", "projection"}, {"method", "magic"}}), "tsne"));
    CHECK(count_of(laboratory.run(), "explanation") == 0);
}

TEST_CASE("capture: with gradient_of, gradients of values and weights come beside the numbers") {
    Ready laboratory;
    const json wish = {{"command", "capture"},
                       {"activations", {"conv", "fc"}},
                       {"parameters", {"fc.weight"}},
                       {"image", kImage},
                       {"gradient_of", "score"},
                       {"class", 1}};
    const std::vector<Received> events = laboratory.send(wish);
    CHECK(last(events, "snapshot")["class"] == 1);
    CHECK(tensor(events, "snapshot", "gradient.activation.fc") == std::vector<float>{0, 1, 0});
    CHECK(tensor(events, "snapshot", "gradient.input").size() == 36);
    CHECK(tensor(events, "snapshot", "gradient.activation.conv").size() == 144);
    CHECK(tensor(events, "snapshot", "gradient.fc.weight").size() == 36);
    // The score of a class changes with its own weights as much as the numbers they multiply.
    json with_inputs = wish;
    with_inputs["activations"] = {"relu2"};
    const std::vector<Received> again = laboratory.send(with_inputs);
    const std::vector<float> inputs = tensor(again, "snapshot", "activation.relu2");
    const std::vector<float> weights = tensor(again, "snapshot", "gradient.fc.weight");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        CHECK(weights[12 + i] == near(inputs[i]));
        CHECK(weights[i] == 0.0F);
    }
    CHECK(refused(laboratory.send({{"command", "capture"}, {"gradient_of", "score"}}), "image"));
}

TEST_CASE("capture: the loss's gradient by the scores is softmax less the class") {
    Ready laboratory;
    const std::vector<Received> events = laboratory.send({{"command", "capture"},
                                                          {"activations", {"fc"}},
                                                          {"image", kImage},
                                                          {"gradient_of", "loss"},
                                                          {"class", 2}});
    const std::vector<float> scores = tensor(events, "snapshot", "activation.fc");
    const std::vector<float> gradient = tensor(events, "snapshot", "gradient.activation.fc");
    REQUIRE(gradient.size() == 3);
    const float sum = std::exp(scores[0]) + std::exp(scores[1]) + std::exp(scores[2]);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(gradient[i] == near(std::exp(scores[i]) / sum - (i == 2 ? 1.0F : 0.0F)));
    }
}

TEST_CASE("difference: a number moved a little agrees with its gradient to 1e-3, for both kinds") {
    Ready laboratory;
    for (const char* of : {"score", "loss"}) {
        laboratory.send({{"command", "capture"},
                         {"activations", {"conv"}},
                         {"image", kImage},
                         {"gradient_of", of},
                         {"class", 0}});
        for (const char* name : {"input",
                                 "activation.conv",
                                 "activation.hidden",
                                 "conv.weight",
                                 "hidden.bias",
                                 "fc.weight"}) {
            const json found =
                last(laboratory.send({{"command", "difference"}, {"tensor", name}, {"element", 2}}),
                     "difference");
            CAPTURE(name);
            REQUIRE_FALSE(found.is_null());
            CHECK((found["kink"] == true || std::abs(found["gradient"].get<double>() -
                                                     found["slope"].get<double>()) < 1e-3));
        }
    }
    CHECK(refused(laboratory.send({{"command", "difference"}, {"tensor", "nose"}}), "nose"));
    CHECK(
        refused(laboratory.send({{"command", "difference"}, {"tensor", "input"}, {"element", 36}}),
                "no such number"));
}
