// Data sets that come from no file, and augmentation, as the page asks for them.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/laboratory.h"

using namespace convoscope;
using namespace convoscope::test;
using nlohmann::json;

namespace {

const Received& find(const std::vector<Received>& events, const std::string& name) {
    const auto found = std::ranges::find_if(
        events, [&](const Received& received) { return received.event["event"] == name; });
    REQUIRE(found != events.end());
    return *found;
}

std::vector<float> floats_of(const Received& received) {
    std::vector<float> floats(received.payload.size() / sizeof(float));
    std::memcpy(floats.data(), received.payload.data(), received.payload.size());
    return floats;
}

json configure_tiny() {
    return {{"command", "configure"},
            {"network", json::parse(kTinyNetwork)},
            {"batch_size", 20},
            {"threads", 1}};
}

/// Pixels of the tiny problem alone, without labels.
std::vector<std::byte> tiny_pixels(Index count) {
    const std::vector<std::byte> shard = tiny_shard(count, 0);
    return {shard.begin() + count, shard.end()};
}

json labels_in_turn(Index count) {
    json labels = json::array();
    for (Index image = 0; image < count; ++image) {
        labels.push_back(image % kTinyClasses);
    }
    return labels;
}

}  // namespace

TEST_CASE("session: a set of random numbers is there at once") {
    Laboratory laboratory;
    const auto events =
        laboratory.send({{"command", "make_data"}, {"name", "spiral"}, {"train_count", 240}});
    const json& data = find(events, "data").event;
    CHECK(data["train_count"] == 220);
    CHECK(data["validation_count"] == 20);
    CHECK(data["train_loaded"] == 240);
    CHECK(data["input"] == json({2, 1, 1}));
    CHECK(data["classes"] == json({"A", "B"}));
    const auto refused = laboratory.send({{"command", "make_data"}, {"name", "stars"}});
    CHECK(find(refused, "error").event["message"].get<std::string>().find("\"stars\"") !=
          std::string::npos);
}

TEST_CASE("session: a user's own images are collected and trained on") {
    Laboratory laboratory;
    laboratory.send({{"command", "open_images"},
                     {"input", {1, 6, 6}},
                     {"classes", {"top", "middle", "bottom"}}});
    laboratory.send(configure_tiny());
    const json add = {{"command", "add_images"}, {"labels", labels_in_turn(30)}};
    laboratory.send(add, tiny_pixels(30));
    auto events = laboratory.send(add, tiny_pixels(30));
    CHECK(find(events, "data").event["train_loaded"] == 60);
    json test = {{"command", "add_images"}, {"split", "test"}, {"labels", labels_in_turn(9)}};
    CHECK(find(laboratory.send(test, tiny_pixels(9)), "data").event["test_loaded"] == 9);

    events = laboratory.send({{"command", "images"}, {"split", "train"}, {"indices", {29, 30}}});
    CHECK(find(events, "images").event["labels"] == json({2, 0}));
    const std::vector<std::byte> pixels = tiny_pixels(30);
    CHECK(std::equal(pixels.end() - 36, pixels.end(), find(events, "images").payload.begin()));

    laboratory.send({{"command", "train_epoch"}, {"id", 1}});
    events = laboratory.run();
    CHECK(find(events, "metrics").event["step"] == 3);
    CHECK(find(events, "evaluation").event["count"] == 5);
}

TEST_CASE("session: own images of a wrong size or label are refused") {
    Laboratory laboratory;
    const auto message = [&](const json& command, const std::vector<std::byte>& payload) {
        const auto events = laboratory.send(command, payload);
        return find(events, "error").event["message"].get<std::string>();
    };
    const json add = {{"command", "add_images"}, {"labels", {0, 1}}};
    CHECK(message(add, tiny_pixels(2)) ==
          "there is no data set of one's own images; expected open_images first");
    laboratory.send({{"command", "open_images"}, {"input", {1, 6, 6}}, {"classes", {"a", "b"}}});
    CHECK(message(add, tiny_pixels(3)) ==
          "2 images in 110 bytes; expected 74, a label and 36 pixels an image");
    CHECK(message({{"command", "add_images"}, {"labels", {2}}}, tiny_pixels(1)) ==
          "label 2; expected 0 to 1");
    CHECK(message({{"command", "open_images"}, {"input", {1, 6}}, {"classes", {"a", "b"}}}, {})
              .starts_with("input is [1,6]; expected"));
}

TEST_CASE("session: an image is shown beside what augmentation makes of it") {
    Laboratory laboratory;
    laboratory.send({{"command", "make_data"}, {"name", "bars"}, {"train_count", 40}});
    const json ask = {{"command", "augmented"},
                      {"index", 3},
                      {"count", 2},
                      {"epoch", 5},
                      {"augment", "shift:3,rotate:30"}};
    const auto events = laboratory.send(ask);
    const Received& answer = find(events, "augmented");
    CHECK(answer.event["shape"] == json({3, 1, 16, 16}));
    CHECK(answer.event["label"] == 3);
    const std::vector<float> versions = floats_of(answer);
    REQUIRE(versions.size() == 3 * 256);
    const auto pixels =
        laboratory.send({{"command", "images"}, {"split", "train"}, {"indices", {3}}});
    const std::vector<std::byte>& bytes = find(pixels, "images").payload;
    for (std::size_t i = 0; i < 256; ++i) {
        CHECK(versions[i] == doctest::Approx(std::to_integer<int>(bytes[i]) / 255.0));
    }
    CHECK_FALSE(std::equal(versions.begin(), versions.begin() + 256, versions.begin() + 256));
    CHECK_FALSE(std::equal(versions.begin() + 256, versions.begin() + 512, versions.begin() + 512));
    CHECK(floats_of(find(laboratory.send(ask), "augmented")) == versions);
}

TEST_CASE("session: cross-validation holds out one part after another") {
    Laboratory laboratory;
    laboratory.send({{"command", "make_data"}, {"name", "blobs"}, {"train_count", 103}});
    std::vector<int> counts;
    for (int fold = 0; fold < 5; ++fold) {
        json command = configure_tiny();
        command["folds"] = 5;
        command["fold"] = fold;
        const auto events = laboratory.send(command);
        counts.push_back(find(events, "data").event["validation_count"].get<int>());
    }
    CHECK(counts == std::vector<int>{21, 21, 21, 20, 20});
    json wrong = configure_tiny();
    wrong["folds"] = 5;
    wrong["fold"] = 5;
    CHECK(find(laboratory.send(wrong), "error").event["message"] ==
          "fold is 5; expected an integer from 0 to 4");
}

TEST_CASE("session: preprocessing is fitted to the training images, shown, undone and refitted") {
    Laboratory laboratory;
    laboratory.send({{"command", "make_data"}, {"name", "bars"}, {"train_count", 120}});
    laboratory.send({{"command", "preprocess"}, {"type", "mean_image"}, {"id", 1}});
    const json ask = {{"command", "preprocessed"}, {"split", "train"}, {"index", 5}};
    auto events = laboratory.send(ask);
    CHECK(find(events, "preprocessed").event["shape"] == json({2, 1, 16, 16}));
    const std::vector<float> first = floats_of(find(events, "preprocessed"));
    events = laboratory.send({{"command", "images"}, {"split", "train"}, {"indices", {5}}});
    const std::vector<std::byte>& bytes = find(events, "images").payload;
    for (std::size_t i = 0; i < 256; ++i) {
        CHECK(std::fabs(static_cast<double>(first[256 + i]) -
                        std::to_integer<int>(bytes[i]) / 255.0) < 1e-5);
    }
    // Another hold-out, other training images, another mean.
    json command = configure_tiny();
    command["folds"] = 2;
    laboratory.send(command);
    const std::vector<float> second = floats_of(find(laboratory.send(ask), "preprocessed"));
    CHECK_FALSE(std::equal(first.begin(), first.begin() + 256, second.begin()));
    laboratory.send({{"command", "preprocess"}, {"type", "manifest"}});
    const std::vector<float> plain = floats_of(find(laboratory.send(ask), "preprocessed"));
    CHECK(std::equal(plain.begin(), plain.begin() + 256, plain.begin() + 256));
}
