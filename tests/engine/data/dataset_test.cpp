#include "engine/data/dataset.h"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/data/sha256.h"
#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

std::string refusal(const std::string& manifest) {
    const auto parsed = parse_data_manifest(manifest);
    return parsed.ok() ? "" : parsed.error().message;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    return text.replace(text.find(what), what.size(), by);
}

bool says(const std::string& message, const std::string& words) {
    return message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("manifest: figures that contradict each other are refused") {
    const std::string good = tiny_manifest({24, 12}, 6);
    CHECK(refusal(good).empty());
    CHECK(says(refusal(replaced(good, "convoscope-data/1", "other/2")), "format"));
    CHECK(says(refusal(replaced(good, "[1, 6, 6]", "[1, 6]")), "input"));
    CHECK(says(refusal(replaced(good, "[1, 6, 6]", "[1, \"a\", 6]")), "input"));
    CHECK(says(refusal(replaced(good, "{\"count\": 24}", "{\"count\": 0}")), "train shard 0"));
    CHECK(says(refusal(replaced(good, "{\"count\": 24}", "{\"count\": 24, \"bytes\": 5}")),
               "expected 888"));
    CHECK(says(refusal(replaced(good, "\"train\": {", "\"train\": {\"count\": 37, ")),
               "expected 36"));
    CHECK(says(refusal(replaced(good, "{\"count\": 24}", "{\"count\": 24, \"sha256\": 5}")),
               "sha256"));
    CHECK_FALSE(refusal("[]").empty());
    CHECK_FALSE(refusal("{").empty());
}

TEST_CASE("manifest: mean and std are optional, one a channel") {
    const std::string good = tiny_manifest({24}, 6);
    const auto with = [&](const std::string& fields) {
        return replaced(good, "\"name\"", fields + ", \"name\"");
    };
    const auto parsed = parse_data_manifest(with(R"("mean": [0.5], "std": [0.25])"));
    REQUIRE(parsed.ok());
    CHECK(parsed->mean[0] == 0.5F);
    CHECK(parsed->deviation[0] == 0.25F);
    CHECK(says(refusal(with(R"("mean": [0.5, 0.5])")), "mean"));
    CHECK(says(refusal(with(R"("std": [0])")), "std"));
}

TEST_CASE("dataset: a wrong shard is named and changes nothing") {
    const std::vector<std::byte> good = tiny_shard(24, 1);
    const std::string text = replaced(tiny_manifest({24}, 6),
                                      "{\"count\": 24}",
                                      "{\"count\": 24, \"sha256\": \"" + sha256(good) + "\"}");
    auto manifest = parse_data_manifest(text);
    REQUIRE(manifest.ok());
    auto dataset = Dataset::open(std::move(*manifest));
    REQUIRE(dataset.ok());

    std::vector<std::byte> short_one(good.begin(), good.end() - 1);
    std::vector<std::byte> damaged = good;
    damaged.back() ^= std::byte{1};
    std::vector<std::byte> wrong_label = good;
    wrong_label[5] = std::byte{3};
    CHECK(says((*dataset)->add_shard(Split::train, 0, short_one).error().message,
               "train shard 0: 887 bytes; expected 888"));
    CHECK(says((*dataset)->add_shard(Split::train, 0, damaged).error().message, "SHA-256"));
    CHECK(says((*dataset)->add_shard(Split::train, 0, wrong_label).error().message,
               "label 3 of image 5"));
    CHECK_FALSE((*dataset)->add_shard(Split::train, 1, good).ok());
    CHECK((*dataset)->loaded_count(Split::train) == 0);
    CHECK_FALSE((*dataset)->is_image_loaded(Split::train, 0));

    CHECK((*dataset)->add_shard(Split::train, 0, good).ok());
    CHECK((*dataset)->loaded_count(Split::train) == 24);
    CHECK((*dataset)->is_image_loaded(Split::train, 23));
    CHECK_FALSE((*dataset)->is_image_loaded(Split::train, 24));
    CHECK((*dataset)->label(Split::train, 5) == 2);
}

TEST_CASE("dataset: lanes hold the normalised pixels, missing lanes zeros") {
    const std::string text =
        replaced(tiny_manifest({24}, 6), "\"name\"", R"("mean": [0.5], "std": [0.25], "name")");
    auto manifest = parse_data_manifest(text);
    auto dataset = Dataset::open(std::move(manifest.value()));
    REQUIRE((*dataset)->add_shard(Split::train, 0, tiny_shard(24, 1)).ok());
    std::vector<float> lanes(static_cast<std::size_t>(kTinyPixels * kLanes), -7.0F);
    const std::array<std::uint32_t, 2> images = {20, 3};
    (*dataset)->fill_lanes(Split::train, images, lanes);
    for (std::size_t pixel = 0; pixel < kTinyPixels; ++pixel) {
        const auto lane = [&](std::size_t index) {
            return lanes[pixel * static_cast<std::size_t>(kLanes) + index];
        };
        const float expected =
            (static_cast<float>((*dataset)->pixels(Split::train, 3)[pixel]) / 255.0F - 0.5F) /
            0.25F;
        // Two roundings at most lie between the two formulas.
        CHECK(lane(1) == doctest::Approx(static_cast<double>(expected)).epsilon(1e-5));
        CHECK(lane(2) == 0.0F);
        CHECK(lane(static_cast<std::size_t>(kLanes) - 1) == 0.0F);
    }
}
