// What the engine explains, taken into the room's model.

#include "web/models/inspect/explanations.h"

#include <doctest/doctest.h>

#include "tests/support/laboratory.h"
#include "web/models/inspect/inspect_commands.h"

using namespace convoscope;
using namespace convoscope::models::inspect;
using convoscope::test::Laboratory;
using convoscope::test::Received;
using nlohmann::json;

namespace {

/// A laboratory's answer to one question, taken in.
Explanations asked(Laboratory& lab, const json& fields) {
    json command = {{"command", "explain"}};
    command.update(fields);
    lab.send(command);
    Explanations explanations;
    for (const Received& received : lab.run()) {
        explanations.take_event(received.event.dump(), received.payload);
    }
    return explanations;
}

const json kImage = {{"split", "test"}, {"index", 4}};

}  // namespace

TEST_CASE("explanations: the engine's map arrives with its class") {
    Laboratory lab;
    lab.open();
    lab.configure();
    const Explanations explanations =
        asked(lab, {{"kind", "occlusion"}, {"image", kImage}, {"class", 2}});
    const Explanation& answer = explanations.of(Why::occlusion);
    REQUIRE(answer.found());
    CHECK(answer.type == 2);
    REQUIRE(answer.find("map") != nullptr);
    CHECK(answer.find("map")->values.size() == 36);
    CHECK_FALSE(explanations.of(Why::saliency).found());
}

TEST_CASE("explanations: images that were found come as pictures, the nearest first") {
    Laboratory lab;
    lab.open();
    lab.configure();
    const Explanations explanations =
        asked(lab, {{"kind", "nearest_images"}, {"image", kImage}, {"count", 5}});
    const Explanation& answer = explanations.of(Why::nearest_images);
    REQUIRE(answer.images.size() == 5);
    CHECK(answer.pictures.count() == 5);
    CHECK(answer.pictures.pixels.size() == 5 * 36);
    for (std::size_t i = 1; i < 5; ++i) {
        CHECK(answer.images[i - 1].figure <= answer.images[i].figure);
    }
}

TEST_CASE("explanations: a message that is broken, or another, changes nothing") {
    Explanations explanations;
    CHECK_FALSE(explanations.take_event("{\"event\": \"expla", {}));
    CHECK_FALSE(explanations.take_event(R"({"event": "explanation", "kind": "magic"})", {}));
    CHECK_FALSE(explanations.take_event(R"({"event": "snapshot", "step": 3})", {}));
    CHECK(explanations.take_event(
        R"({"event": "explanation", "kind": "saliency",
            "tensors": [{"name": "map", "shape": [6, 6], "offset": 0, "count": 36}]})",
        {}));
    CHECK(explanations.of(Why::saliency).find("map") == nullptr);
}

TEST_CASE("explanations: progress is told until the answer is there") {
    Explanations explanations;
    explanations.take_event(R"({"event": "explaining", "kind": "projection", "progress": 0.25})",
                            {});
    CHECK(explanations.of(Why::projection).progress == 0.25);
    CHECK_FALSE(explanations.of(Why::projection).found());
    explanations.take_event(R"({"event": "explanation", "kind": "projection"})", {});
    CHECK(explanations.of(Why::projection).progress == 1.0);
}

TEST_CASE("inspect: another class makes the maps of the former one go; the same again, its own") {
    Model model;
    model.explanations.take_event(R"({"event": "explanation", "kind": "saliency"})", {});
    CHECK(carry_out(model, {{"command", "inspect_target"}, {"class", 4}}).error.empty());
    CHECK(model.target == 4);
    CHECK_FALSE(model.explanations.of(Why::saliency).found());
    CHECK(carry_out(model, {{"command", "inspect_target"}, {"class", 4}}).error.empty());
    CHECK(model.target == -1);
    CHECK_FALSE(carry_out(model, {{"command", "inspect_scene"}, {"scene", "nose"}}).error.empty());
    CHECK(carry_out(model, {{"command", "inspect_scene"}, {"scene", "why"}}).error.empty());
    CHECK(model.scene == Scene::why);
}
