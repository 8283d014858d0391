#include "engine/data/procedural/procedural_set.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

ProceduralSet make(const ProceduralWish& wish) {
    auto set = make_procedural_set(wish);
    REQUIRE(set.ok());
    return std::move(*set);
}

std::string message_of(const ProceduralWish& wish) {
    return make_procedural_set(wish).error().message;
}

double coordinate(const ProceduralSet& set, Index count, Index image, Index axis) {
    const auto at = static_cast<std::size_t>(count + 2 * image + axis);
    return std::to_integer<int>(set.train[at]) / 127.5 - 1.0;
}

constexpr Index kCount = 400;

}  // namespace

TEST_CASE("procedural sets: all have images of their shape and classes in turn") {
    for (const char* name : {"shapes", "bars", "xor", "circles", "spiral", "blobs"}) {
        CAPTURE(name);
        const ProceduralSet set = make({.name = name, .train_count = 60, .test_count = 10});
        const auto classes = static_cast<Index>(set.manifest.classes.size());
        const Index pixels = set.manifest.input.element_count();
        CHECK(static_cast<Index>(set.train.size()) == 60 * (1 + pixels));
        CHECK(static_cast<Index>(set.test.size()) == 10 * (1 + pixels));
        for (Index image = 0; image < 60; ++image) {
            CHECK(std::to_integer<Index>(set.train[static_cast<std::size_t>(image)]) ==
                  image % classes);
        }
        CHECK(set.manifest.count(Split::train) == 60);
        CHECK(set.manifest.mean.size() == static_cast<std::size_t>(set.manifest.input.channels));
    }
}

TEST_CASE("procedural sets: the seed decides, and a larger set begins with the smaller") {
    const ProceduralSet small =
        make({.name = "bars", .train_count = 8, .test_count = 4, .seed = 3});
    const ProceduralSet large =
        make({.name = "bars", .train_count = 20, .test_count = 4, .seed = 3});
    CHECK(std::equal(small.train.begin() + 8, small.train.end(), large.train.begin() + 20));
    CHECK(small.test == large.test);
    CHECK(make({.name = "bars", .train_count = 8, .test_count = 4, .seed = 4}).train !=
          small.train);
}

TEST_CASE("xor: without noise the class is whether the signs differ") {
    const ProceduralSet set = make({.name = "xor", .train_count = kCount, .noise = 0.0});
    for (Index image = 0; image < kCount; ++image) {
        const double product =
            coordinate(set, kCount, image, 0) * coordinate(set, kCount, image, 1);
        if (std::fabs(product) > 0.01) {
            CHECK((product < 0.0) == (image % 2 == 1));
        }
    }
}

TEST_CASE("circles: without noise the disc and the ring do not touch") {
    const ProceduralSet set = make({.name = "circles", .train_count = kCount, .noise = 0.0});
    for (Index image = 0; image < kCount; ++image) {
        const double radius =
            std::hypot(coordinate(set, kCount, image, 0), coordinate(set, kCount, image, 1));
        CHECK((radius < 0.5) == (image % 2 == 0));
        CHECK(radius < 0.81);
    }
}

TEST_CASE("blobs: each lies around its own centre, as wide as the noise") {
    const ProceduralSet set =
        make({.name = "blobs", .train_count = kCount, .classes = 2, .noise = 0.1});
    double mean = 0.0;
    double squares = 0.0;
    for (Index image = 0; image < kCount; image += 2) {
        mean += coordinate(set, kCount, image, 0) / (kCount / 2);
        squares += std::pow(coordinate(set, kCount, image, 1), 2) / (kCount / 2);
    }
    CHECK(mean == doctest::Approx(0.56).epsilon(0.05));
    CHECK(std::sqrt(squares) == doctest::Approx(0.1).epsilon(0.15));
}

TEST_CASE("bars: a horizontal one is spread over columns, an upright one over rows") {
    const ProceduralSet set =
        make({.name = "bars", .train_count = 40, .size = 20, .classes = 2, .noise = 0.0});
    for (Index image = 0; image < 40; ++image) {
        Index rows = 0;
        Index columns = 0;
        for (Index i = 0; i < 20; ++i) {
            bool row = false;
            bool column = false;
            for (Index j = 0; j < 20; ++j) {
                const auto begin = static_cast<std::size_t>(40 + 400 * image);
                row =
                    row || set.train[begin + static_cast<std::size_t>(20 * i + j)] > std::byte{99};
                column = column ||
                         set.train[begin + static_cast<std::size_t>(20 * j + i)] > std::byte{99};
            }
            rows += row ? 1 : 0;
            columns += column ? 1 : 0;
        }
        CHECK((columns > rows) == (image % 2 == 0));
    }
}

TEST_CASE("procedural sets: wishes out of range are named") {
    CHECK(message_of({.name = "stars"}) ==
          "there is no procedural set \"stars\"; expected shapes, bars, xor, circles, spiral, "
          "blobs");
    CHECK(message_of({.name = "bars", .train_count = 0}) ==
          "train_count is 0; expected 1 to 1000000");
    CHECK(message_of({.name = "bars", .classes = 17}) == "classes is 17; expected 2 to 16");
    CHECK(message_of({.name = "xor", .classes = 3}) == "classes is 3; expected 2");
    CHECK(message_of({.name = "shapes", .train_count = 1000000, .size = 128}).find("more than") !=
          std::string::npos);
}
