#include "engine/kernels/magnitude.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::tests;

TEST_CASE("all_within: one large or undefined value anywhere is found, in any tail") {
    for (Index count = 1; count < 40; ++count) {
        std::vector<float> values(at(count), 2.0F);
        CHECK(kernels::all_within(values, 2.0F));
        for (std::size_t place = 0; place < values.size(); ++place) {
            for (const float bad : {2.5F,
                                    -2.5F,
                                    std::numeric_limits<float>::infinity(),
                                    std::numeric_limits<float>::quiet_NaN()}) {
                values[place] = bad;
                CHECK_FALSE(kernels::all_within(values, 2.0F));
            }
            values[place] = -2.0F;
        }
    }
    CHECK(kernels::all_within({}, 0.0F));
}

TEST_CASE("sum_of_squares: it is the sum in double, and does not overflow") {
    Random random(3, "magnitude");
    for (Index count = 0; count < 40; ++count) {
        const std::vector<float> values = random_floats(random, count);
        double expected = 0.0;
        for (const float value : values) {
            expected += static_cast<double>(value) * static_cast<double>(value);
        }
        CHECK(kernels::sum_of_squares(values) == doctest::Approx(expected));
    }
    CHECK(kernels::sum_of_squares(std::vector<float>(9, 1e30F)) == doctest::Approx(9e60));
}

TEST_CASE("clamp and scale: every element, in any tail") {
    Random random(4, "magnitude");
    for (Index count = 0; count < 40; ++count) {
        const std::vector<float> values = random_floats(random, count);
        std::vector<float> cut = values;
        kernels::clamp(cut, 0.5F);
        std::vector<float> scaled = values;
        kernels::scale(scaled, -3.0F);
        for (std::size_t i = 0; i < values.size(); ++i) {
            CHECK(cut[i] == std::clamp(values[i], -0.5F, 0.5F));
            CHECK(scaled[i] == -3.0F * values[i]);
        }
    }
}
