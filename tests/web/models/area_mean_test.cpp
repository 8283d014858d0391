#include "web/models/area_mean.h"

#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

TEST_CASE("area means: whole pixels count alike") {
    const std::vector<std::uint8_t> plane{10, 20, 30, 40};
    CHECK(models::area_means(plane, {2, 2}, {1, 1}) == std::vector<float>{25});
    CHECK(models::area_means(plane, {2, 2}, {1, 2}) == std::vector<float>{20, 30});
    CHECK(models::area_means(plane, {2, 2}, {2, 2}) == std::vector<float>{10, 20, 30, 40});
}

TEST_CASE("area means: a pixel that is covered in part counts by that part") {
    const std::vector<std::uint8_t> stripe{0, 90, 0, 0, 90, 0, 0, 90, 0};
    for (const float value : models::area_means(stripe, {3, 3}, {2, 2})) {
        CHECK(value == doctest::Approx(30));  // a third of the middle column's, in each half
    }
}

TEST_CASE("area means: the mean of the whole plane stays, whatever the sizes") {
    std::vector<std::uint8_t> plane;
    double mean = 0.0;
    for (int i = 0; i < 7 * 11; ++i) {
        plane.push_back(static_cast<std::uint8_t>(i * 37 % 256));
        mean += plane.back() / 77.0;
    }
    double reduced = 0.0;
    for (const float value : models::area_means(plane, {7, 11}, {3, 5})) {
        reduced += static_cast<double>(value) / 15.0;
    }
    CHECK(reduced == doctest::Approx(mean));
}
