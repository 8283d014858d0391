// Pooling by means, and the copies of pixels that padding makes.

#include "engine/kernels/mean_pool2d.h"

#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/pad2d.h"
#include "engine/kernels/reference/mean_pool2d_reference.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

double dot(std::span<const float> a, std::span<const float> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    }
    return sum;
}

}  // namespace

TEST_CASE("mean_pool2d: equals the definition, overlapping, with gaps and larger divisors") {
    Random random(23, "mean");
    const MeanPool2d pools[] = {
        {.input = {3, 4, 5},
         .rows = {{0, 2, 2}, {2, 4, 2}},
         .columns = {{0, 3, 3}, {2, 5, 3}, {4, 5, 1}}},
        {.input = {5, 3, 2}, .rows = {{0, 3, 3}}, .columns = {{0, 2, 2}}},
        {.input = {1, 6, 6}, .rows = {{0, 1, 3}, {4, 6, 3}}, .columns = {{1, 2, 2}}},
    };
    for (const MeanPool2d& pool : pools) {
        CAPTURE(pool.input.text());
        const auto input = random_floats(random, pool.input.element_count() * kLanes);
        const auto d_output = random_floats(random, pool.output().element_count() * kLanes);
        auto output = poisoned(std::ssize(d_output));
        auto d_input = poisoned(std::ssize(input));
        mean_pool2d_forward(pool, input, output);
        mean_pool2d_backward(pool, d_output, d_input);
        for (Index lane = 0; lane < kLanes; ++lane) {
            std::vector<double> expected(at(pool.output().element_count()));
            reference::mean_pool2d_forward(pool, image_of_lane(pool.input, input, lane), expected);
            CHECK(largest_difference(image_of_lane(pool.output(), output, lane), expected) < 1e-6);
        }
        // Linear, so that the way back is the transposed of the way there.
        CHECK(dot(output, d_output) == doctest::Approx(dot(input, d_input)).epsilon(1e-5));
    }
}

TEST_CASE("pad2d: shows the rows and columns it is told, and its way back is the transposed") {
    Random random(24, "pad");
    const Pad2d pad{.input = {3, 2, 3}, .rows = {1, 0, 1, 0}, .columns = {2, 1, 0, 1, 2, 2}};
    const auto input = random_floats(random, pad.input.element_count() * kLanes);
    const auto d_output = random_floats(random, pad.output().element_count() * kLanes);
    auto output = poisoned(std::ssize(d_output));
    auto d_input = poisoned(std::ssize(input));
    pad2d_forward(pad, input, output);
    pad2d_backward(pad, d_output, d_input);
    CHECK(pad.output() == Shape{.channels = 3, .height = 4, .width = 6});
    for (Index y = 0; y < 4; ++y) {
        for (Index x = 0; x < 6; ++x) {
            const Index from = pad.rows[at(y)] * 3 + pad.columns[at(x)];
            for (Index i = 0; i < 3 * kLanes; ++i) {
                CHECK(output[at((y * 6 + x) * 3 * kLanes + i)] == input[at(from * 3 * kLanes + i)]);
            }
        }
    }
    CHECK(dot(output, d_output) == doctest::Approx(dot(input, d_input)).epsilon(1e-5));
}
