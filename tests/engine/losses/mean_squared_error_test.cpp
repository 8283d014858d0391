#include "engine/losses/mean_squared_error.h"

#include <algorithm>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::tests;

TEST_CASE("mean_squared_error: sums a lane, gradients of 2·scale·difference") {
    const std::vector<float> output(at(3 * kLanes), 1.5F);
    std::vector<float> target(output.size(), 1.0F);
    target[at(kLanes)] = -0.5F;  // element 1 of image 0
    std::vector<double> losses(at(kLanes), -1.0);
    std::vector<float> gradient(output.size(), -1.0F);
    mean_squared_error({.output = output,
                        .target = target,
                        .images = kLanes,
                        .scale = 0.125F,
                        .losses = losses,
                        .d_output = gradient});
    CHECK(losses[0] == 0.25 + 4.0 + 0.25);
    CHECK(losses[1] == 0.75);
    CHECK(gradient[0] == 0.125F);
    CHECK(gradient[at(kLanes)] == 0.5F);
}

TEST_CASE("mean_squared_error: a missing lane has no loss and no gradient, whatever it holds") {
    const std::vector<float> output(at(2 * kLanes), std::numeric_limits<float>::quiet_NaN());
    const std::vector<float> target(output.size(), 0.0F);
    std::vector<double> losses(at(kLanes), -1.0);
    std::vector<float> gradient(output.size(), -1.0F);
    mean_squared_error(
        {.output = output, .target = target, .images = 0, .losses = losses, .d_output = gradient});
    CHECK(std::ranges::all_of(losses, [](double loss) { return loss == 0.0; }));
    CHECK(std::ranges::all_of(gradient, [](float value) { return value == 0.0F; }));
}

TEST_CASE("one_hot: 1 at the label, 0 elsewhere and in missing lanes") {
    std::vector<float> target(at(3 * kLanes), 9.0F);
    one_hot(std::vector<std::uint8_t>{2, 0}, target);
    for (Index element = 0; element < 3 * kLanes; ++element) {
        const bool one = element == 2 * kLanes || element == 1;
        CHECK(target[at(element)] == (one ? 1.0F : 0.0F));
    }
}
