// The reader's own data set: how pictures come into it, and what the engine gets of it.

#include "web/models/own/own_pictures.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/laboratory.h"
#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/link.h"
#include "web/models/own/own_choice.h"
#include "web/models/own/own_commands.h"
#include "web/models/ready_weights.h"

using namespace convoscope::models;
using convoscope::Index;
namespace test = convoscope::test;

namespace {

constexpr auto kBroughtBytes = static_cast<std::size_t>(3 * own::kBroughtSide * own::kBroughtSide);

/// A picture of one grey, as files bring it.
std::vector<std::uint8_t> plain_picture(std::uint8_t value) {
    return std::vector<std::uint8_t>(kBroughtBytes, value);
}

/// White in one half and black in the other.
std::vector<std::uint8_t> half_picture(bool left) {
    std::vector<std::uint8_t> picture(kBroughtBytes);
    for (std::size_t i = 0; i < picture.size(); ++i) {
        const bool on_left = i % own::kBroughtSide < own::kBroughtSide / 2;
        picture[i] = on_left == left ? 255 : 0;
    }
    return picture;
}

own::Model two_classes(std::size_t pictures) {
    own::Model model;
    for (std::size_t c = 0; c < 2; ++c) {
        CHECK(model.choose_class(c).empty());
        for (std::size_t i = 0; i < pictures; ++i) {
            CHECK(model.add_brought(half_picture(c == 0)).empty());
        }
    }
    return model;
}

void draw_line(own::Model& model) {
    model.pad.begin(false, inspect::Brush::medium, {60, 40});
    model.pad.extend({70, 200});
}

}  // namespace

TEST_CASE("own pictures: a drawing is what the Inspect room makes of it") {
    own::Model model;
    draw_line(model);
    const std::vector<float> digit = inspect::as_digit(model.pad.picture());
    CHECK(model.add_drawing().empty());
    CHECK(model.pad.empty());
    const std::vector<std::uint8_t>& pixels = model.classes()[0].pixels;
    REQUIRE(pixels.size() == digit.size());
    for (std::size_t i = 0; i < digit.size(); ++i) {
        CHECK(pixels[i] == static_cast<std::uint8_t>(std::lround(255.0F * digit[i])));
    }
    CHECK(model.add_drawing() == "nothing is drawn yet");
}

TEST_CASE("own pictures: in colour, a drawing stands in the middle of all three planes") {
    own::Model model;
    CHECK(model.set_kind(own::Kind::colour).empty());
    draw_line(model);
    CHECK(model.add_drawing().empty());
    const std::vector<std::uint8_t>& pixels = model.classes()[0].pixels;
    REQUIRE(pixels.size() == 3 * 32 * 32);
    for (std::size_t i = 0; i < 32 * 32; ++i) {
        CHECK(pixels[i] == pixels[2 * 32 * 32 + i]);
        const bool in_border = i / 32 < 2 || i % 32 < 2;
        CHECK((!in_border || pixels[i] == 0));
    }
}

TEST_CASE("own pictures: a file's colours become grey by their luma, or stay") {
    std::vector<std::uint8_t> red(kBroughtBytes);
    std::fill(red.begin(), red.begin() + static_cast<std::ptrdiff_t>(kBroughtBytes / 3), 255);
    own::Model grey;
    CHECK(grey.add_brought(red).empty());
    CHECK(grey.classes()[0].pixels[0] == 76);  // 0.299 · 255
    own::Model colour;
    CHECK(colour.set_kind(own::Kind::colour).empty());
    CHECK(colour.add_brought(red).empty());
    CHECK(colour.classes()[0].pixels.front() == 255);
    CHECK(colour.classes()[0].pixels.back() == 0);
    CHECK_FALSE(colour.add_brought(std::vector<std::uint8_t>(7)).empty());
}

TEST_CASE("own pictures: the camera's are taken as one sees them, not as in a mirror") {
    own::Model model;
    CHECK_FALSE(model.add_camera_picture().empty());
    model.camera = true;
    CHECK(own::take_event(model, R"({"event": "own_camera", "state": "asked"})", {}) == "");
    CHECK(model.camera);
    CHECK_FALSE(model.camera_live);
    CHECK(own::take_event(model, R"({"event": "own_camera", "state": "live"})", {}) == "");
    model.show_camera(half_picture(true));
    CHECK(model.add_camera_picture().empty());
    const std::vector<std::uint8_t>& row = model.classes()[0].pixels;
    CHECK(row[0] == 0);
    CHECK(row[27] == 255);

    SUBCASE("and a refusal ends it") {
        CHECK(own::take_event(model, R"({"event": "own_camera", "state": "refused"})", {}) == "");
        CHECK_FALSE(model.camera);
        CHECK_FALSE(model.add_camera_picture().empty());
    }
}

TEST_CASE("own pictures: what is missing is said class by class") {
    own::Model model = two_classes(3);
    CHECK(model.problem().empty());
    CHECK(model.remove(1, 0).empty());
    CHECK(model.problem().find("“B” has 2 of at least 3") == 0);
    CHECK(model.remove(1, 0).empty());
    CHECK(model.remove(1, 0).empty());
    CHECK(model.problem().find("“B” has no picture yet") == 0);
    CHECK(model.delete_class(1).empty());
    CHECK(model.problem().find("Two classes at least") == 0);
}

TEST_CASE("own pictures: one that was removed is put back where it was") {
    own::Model model;
    for (const std::uint8_t value : std::vector<std::uint8_t>{10, 20, 30}) {
        CHECK(model.add_brought(plain_picture(value)).empty());
    }
    const std::vector<std::uint8_t> before = model.classes()[0].pixels;
    CHECK(model.remove(0, 1).empty());
    CHECK(model.count() == 2);
    CHECK(model.put_back().empty());
    CHECK(model.classes()[0].pixels == before);
    CHECK_FALSE(model.can_put_back());
    CHECK_FALSE(model.remove(0, 3).empty());
}

TEST_CASE("own pictures: folders name classes, first those that nobody has used") {
    own::Model model;
    CHECK(model.choose_class_named("cats").empty());
    CHECK(model.classes()[0].name == "cats");
    CHECK(model.add_brought(plain_picture(1)).empty());
    CHECK(model.choose_class_named("  dogs ").empty());
    CHECK(model.classes().size() == 2);
    CHECK(model.classes()[1].name == "dogs");
    CHECK(model.choose_class_named("cats").empty());
    CHECK(model.current() == 0);
    for (int i = 0; i < 8; ++i) {
        CHECK(model.choose_class_named("more " + std::to_string(i)).empty());
    }
    const std::string refused = model.choose_class_named("one too many");
    CHECK(refused.find("10 classes") != std::string::npos);
    CHECK(refused.find("“one too many”") != std::string::npos);
}

TEST_CASE("own pictures: two classes have two names") {
    own::Model model;
    CHECK(model.name_class(0, "sun").empty());
    CHECK_FALSE(model.name_class(1, "sun").empty());
    CHECK_FALSE(model.name_class(1, "   ").empty());
    CHECK(model.add_class().empty());
    CHECK(model.classes()[2].name == "A");
    CHECK(model.name_class(2, std::string(31, 'x') + "äö").empty());
    CHECK(model.classes()[2].name == std::string(31, 'x'));  // no letter is cut in two
}

TEST_CASE("own pictures: the kind stands while there are pictures") {
    own::Model model = two_classes(3);
    CHECK(model.set_kind(own::Kind::colour).find("grey already") != std::string::npos);
    CHECK(model.kind() == own::Kind::grey);
}

TEST_CASE("own pictures: there is an end to them") {
    own::Model model;
    CHECK(
        model.restore(own::Kind::grey,
                      {{"A", std::vector<std::uint8_t>(own::kMostPictures * 28 * 28)}, {"B", {}}}));
    CHECK(model.add_brought(plain_picture(1)).find("2000 pictures") != std::string::npos);
}

TEST_CASE("own pictures: what is kept comes back, and damage is left out") {
    const own::Model model = two_classes(4);
    const std::string json = own::kept_json(model);
    const std::vector<std::uint8_t> pixels = model.all_pixels();
    own::Model other;
    CHECK(own::take_event(other, json, std::as_bytes(std::span(pixels))) == "");
    CHECK(other.classes()[1].pixels == model.classes()[1].pixels);
    CHECK(other.classes()[0].name == "A");

    own::Model third;
    const auto cut = std::as_bytes(std::span(pixels)).first(pixels.size() - 1);
    CHECK(own::take_event(third, json, cut)->find("damaged") != std::string::npos);
    CHECK(third.count() == 0);
    CHECK(own::take_event(third, R"({"event": "own_kept", "kind": "blue"})", {})->find("damaged") !=
          std::string::npos);
    CHECK_FALSE(own::take_event(third, R"({"event": "metrics"})", {}).has_value());
}

TEST_CASE(
    "own pictures: those that are trained on come back as they were, whatever became of the set") {
    AppState state;
    state.own = two_classes(4);
    const std::string json = own::kept_json(state.own, "own_used");
    const std::vector<std::uint8_t> pixels = state.own.all_pixels();
    CHECK_FALSE(state.own_changed());
    state.own_used = own::take_used(json, std::as_bytes(std::span(pixels)));
    REQUIRE(state.own_used.has_value());
    CHECK_FALSE(state.own_changed());
    CHECK(state.own.remove(1, 0).empty());
    CHECK(state.own_changed());
    CHECK(state.own_used->count_of(1) == 4);
    CHECK(state.own.delete_class(1).empty());
    CHECK(state.has_own());  // there is something to train on still
    CHECK_FALSE(dispatch(state, R"({"command": "own_use"})").error.empty());
    CHECK(state.own_used.has_value());
    state.own = two_classes(5);
    CHECK(dispatch(state, R"({"command": "own_use"})").error.empty());
    CHECK_FALSE(state.own_used.has_value());  // the present ones are next

    CHECK_FALSE(own::take_used(json, std::as_bytes(std::span(pixels)).first(7)).has_value());
    const std::string kept = own::kept_json(state.own);
    CHECK_FALSE(own::take_used(kept, std::as_bytes(std::span(pixels))).has_value());
}

TEST_CASE("own pictures: every network of their shape learns them, with an output a class") {
    RunSettings settings;
    settings.data = own::kOwnData;
    int fitting = 0;
    for (const NetworkChoice& network : network_choices()) {
        fitting += own::fits(network, settings, own::Kind::grey) && !network.of_experiment ? 1 : 0;
    }
    CHECK(fitting == 4);
    const std::string file = own::network_with_outputs(network_file("lenet5"), 3);
    CHECK(file.find(R"("out_features":3)") != std::string::npos);
    CHECK(file.find(R"("out_features":84)") != std::string::npos);
    CHECK(file.find(R"("out_features":10)") == std::string::npos);
}

TEST_CASE("own pictures: choosing them without any opens their page, and then trains on them") {
    AppState state;
    Dispatched result = dispatch(state, commands::choose_data("own"));
    CHECK(state.own.open);
    CHECK(state.train.settings.data == "mnist");
    result = dispatch(state, R"({"command": "own_use"})");
    CHECK_FALSE(result.error.empty());
    CHECK(state.train.settings.data == "mnist");

    state.own = two_classes(5);
    result = dispatch(state, R"({"command": "own_use"})");
    CHECK(result.other_data);
    CHECK_FALSE(state.own.open);
    CHECK(state.train.settings.data == "own");
    CHECK(state.train.settings.network == "lenet5");
    CHECK(state.train.settings.batch_size == 8);
    CHECK_FALSE(has_ready_weights(state.train.settings));

    SUBCASE("another network of the same shape stays with them") {
        result = dispatch(state, commands::choose_network("lenet1"));
        CHECK(state.train.settings.data == "own");
        CHECK(state.train.settings.network == "lenet1");
    }
    SUBCASE("and the usual settings come back with MNIST") {
        result = dispatch(state, commands::choose_data("mnist"));
        CHECK(state.train.settings.batch_size == RunSettings().batch_size);
        CHECK(state.train.settings.epochs == RunSettings().epochs);
    }
    SUBCASE("and a link says so") {
        AppState other;
        other.train.settings.data = "cifar10";
        apply_link(other, link_of(state));
        apply_link(other, "v=1&room=train&data=own&network=lenet1");
        CHECK(other.train.settings.data == "own");
        CHECK(other.train.settings.network == "lenet1");
    }
}

TEST_CASE(
    "own pictures: the engine takes them, learns them, and calls the classes by their names") {
    AppState state;
    state.own = two_classes(10);
    CHECK(state.own.name_class(1, "right").empty());
    const Dispatched used = dispatch(state, R"({"command": "own_use"})");
    CHECK(used.error.empty());
    test::Laboratory lab;
    const auto send = [&](const std::string& command, std::span<const std::byte> payload = {}) {
        auto events = lab.send(nlohmann::json::parse(command), payload);
        for (auto& each : lab.run()) {
            events.push_back(std::move(each));
        }
        for (const auto& [event, bytes] : events) {
            apply_event(state.train, event.dump(), bytes);
        }
    };
    for (const own::EngineMessage& message : own::for_engine(state.own)) {
        send(message.json, message.payload);
    }
    const own::Shares shares = state.own.shares();
    send(commands::configure(own::network_with_outputs(network_file("lenet-300"), 2),
                             state.train.settings,
                             shares.validation));
    CHECK(state.train.last_error.empty());
    CHECK(state.train.data.complete());
    CHECK(state.train.data.classes == std::vector<std::string>{"A", "right"});
    CHECK(state.train.data.test_count == static_cast<Index>(shares.test));
    CHECK(state.train.data.validation_count == static_cast<Index>(shares.validation));
    CHECK(state.train.data.train_count == static_cast<Index>(shares.train));
    send(commands::step(20));
    send(commands::evaluate("test"));
    REQUIRE_FALSE(state.train.test.empty());
    CHECK(state.train.test.back().accuracy == 1.0);
    CHECK(state.train.test.back().count == static_cast<Index>(shares.test));
}
