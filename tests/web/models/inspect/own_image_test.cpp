// A photograph becomes what a network reads.

#include "web/models/inspect/own_image.h"

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "web/models/convolve/photo.h"
#include "web/models/inspect/inspect_commands.h"

using namespace convoscope;
using namespace convoscope::models;
using namespace convoscope::models::inspect;
using convolve::PhotoPixels;

namespace {

/// A bar of `ink` on `ground` that darkens to the right, as a shadow would.
PhotoPixels bar(int ground, int ink) {
    PhotoPixels photo{.channels = 3, .rows = 128, .columns = 128};
    for (int i = 0; i < 3 * 128 * 128; ++i) {
        const int row = i / 128 % 128;
        const int column = i % 128;
        const bool inside = row >= 30 && row < 90 && column >= 70 && column < 80;
        photo.bytes.push_back(static_cast<std::uint8_t>(inside ? ink : ground - column / 16));
    }
    return photo;
}

constexpr Shape kDigit{.channels = 1, .height = 28, .width = 28};

}  // namespace

TEST_CASE("own image: ink on paper and chalk on slate become the same bright digit in the middle") {
    for (const PhotoPixels& photo : {bar(220, 40), bar(40, 220)}) {
        OwnImage own;
        take_photo(own, photo, kDigit);
        REQUIRE(own.values.size() == 784);
        const auto column_sum = [&](Index column) {
            float sum = 0.0F;
            for (Index row = 0; row < 28; ++row) {
                sum += own.values[at(row * 28 + column)];
            }
            return sum;
        };
        CHECK(column_sum(14) + column_sum(13) > 15.0F);
        CHECK(column_sum(4) == 0.0F);
        CHECK(column_sum(24) == 0.0F);
        CHECK(own.picture.pixels.size() == 784);
        CHECK(own.revision == 1);
    }
}

TEST_CASE("own image: an empty sheet has no ink") {
    OwnImage own;
    take_photo(own, bar(200, 195), kDigit);
    CHECK(std::accumulate(own.values.begin(), own.values.end(), 0.0F) == 0.0F);
}

TEST_CASE("own image: a network of colours reads means over areas") {
    PhotoPixels photo{.channels = 3, .rows = 64, .columns = 64};
    for (int i = 0; i < 3 * 64 * 64; ++i) {
        photo.bytes.push_back(static_cast<std::uint8_t>(i % 2 == 0 ? 100 : 200));
    }
    OwnImage own;
    take_photo(own, photo, {.channels = 3, .height = 32, .width = 32});
    REQUIRE(own.values.size() == 3 * 32 * 32);
    CHECK(own.values[77] == doctest::Approx(150.0 / 255.0));
}

TEST_CASE("own image: a network that reads points, or a smaller picture than any, refuses") {
    CHECK(refusal_of_photos(kDigit) == "");
    CHECK(refusal_of_photos({.channels = 3, .height = 32, .width = 32}) == "");
    CHECK(refusal_of_photos({.channels = 2, .height = 1, .width = 1}) ==
          "this network reads no photographs: its input is 2×1×1");
    CHECK(refusal_of_photos({.channels = 3, .height = 224, .width = 224}) != "");
}
