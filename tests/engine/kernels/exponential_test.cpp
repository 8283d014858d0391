#include "engine/kernels/exponential.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/lane_tensor.h"

using namespace convoscope;

namespace {

float exponential_of(float x) {
    std::vector<float> lanes(static_cast<std::size_t>(kLanes));
    simd::store(lanes.data(), kernels::exponential(simd::splat(x)));
    return lanes.front();
}

}  // namespace

TEST_CASE("exponential: within 3 units in the last place from the smallest to the largest result") {
    double worst = 0.0;
    for (float x = -87.2F; x < 88.7F; x += 0.0137F) {
        const double exact = std::exp(static_cast<double>(x));
        const double error = std::abs(static_cast<double>(exponential_of(x)) - exact) / exact;
        worst = std::max(worst, error);
    }
    CHECK(worst < 3.0 * 0x1p-23);
}

TEST_CASE("exponential: extremes") {
    const float infinity = std::numeric_limits<float>::infinity();
    CHECK(exponential_of(0.0F) == 1.0F);
    CHECK(exponential_of(-100.0F) == 0.0F);
    CHECK(exponential_of(-infinity) == 0.0F);
    CHECK(exponential_of(100.0F) == infinity);
    CHECK(exponential_of(infinity) == infinity);
    CHECK(std::isnan(exponential_of(std::numeric_limits<float>::quiet_NaN())));
}
