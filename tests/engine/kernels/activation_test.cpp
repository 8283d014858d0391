#include "engine/kernels/activation.h"

#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/permute.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

TEST_CASE("relu: negative numbers become 0, and so do their gradients and that of 0") {
    Random random(13, "relu");
    auto input = random_floats(random, 5 * kLanes);
    input[3] = 0.0F;
    input[4] = -0.0F;
    input[5] = std::numeric_limits<float>::infinity();
    input[6] = -std::numeric_limits<float>::infinity();
    const auto d_output = random_floats(random, 5 * kLanes);
    auto output = poisoned(5 * kLanes);
    auto d_input = poisoned(5 * kLanes);
    relu_forward(input, output);
    relu_backward(output, d_output, d_input);
    for (std::size_t i = 0; i < input.size(); ++i) {
        CHECK(output[i] == (input[i] > 0.0F ? input[i] : 0.0F));
        CHECK(d_input[i] == (input[i] > 0.0F ? d_output[i] : 0.0F));
    }
}

TEST_CASE("relu: what is not a number stays so, as in PyTorch") {
    const auto input = poisoned(kLanes);
    std::vector<float> output(at(kLanes));
    std::vector<float> d_input(at(kLanes));
    relu_forward(input, output);
    relu_backward(output, std::vector<float>(at(kLanes), 2.0F), d_input);
    CHECK(std::isnan(output[0]));
    CHECK(d_input[0] == 2.0F);
}

TEST_CASE("channels_first and channels_last: PyTorch's order of flatten, and back") {
    const Shape shape{.channels = 3, .height = 2, .width = 4};
    Random random(14, "permute");
    const auto input = random_floats(random, shape.element_count() * kLanes);
    auto flat = poisoned(shape.element_count() * kLanes);
    auto back = poisoned(shape.element_count() * kLanes);
    channels_first(shape, input, flat);
    channels_last(shape, flat, back);
    CHECK(back == input);
    for (Index lane = 0; lane < kLanes; ++lane) {
        const Shape flat_one = flat_shape(shape.element_count());
        CHECK(image_of_lane(flat_one, flat, lane) == image_of_lane(shape, input, lane));
    }
}
