// Softmax and local response normalisation: functions across the channels of one position.

#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/local_response_norm.h"
#include "engine/kernels/reference/channel_reference.h"
#include "engine/kernels/softmax.h"
#include "tests/support/gradient_check.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

/// The gradient that the definition has at one lane's image, for the loss sum of output · d_output.
template <class Definition>
std::vector<double> gradient_of(const Definition& definition,
                                std::vector<double> input,
                                const std::vector<double>& d_output) {
    std::vector<double> output(input.size());
    return numeric_gradient(input, [&] {
        definition(input, output);
        double sum = 0.0;
        for (std::size_t i = 0; i < output.size(); ++i) {
            sum += output[i] * d_output[i];
        }
        return sum;
    });
}

}  // namespace

TEST_CASE("softmax: equals the definition forward and backward in every lane") {
    Random random(21, "softmax");
    for (const Shape& shape : {Shape{1, 2, 3}, Shape{5, 3, 2}, flat_shape(10)}) {
        CAPTURE(shape.text());
        const Index count = shape.element_count() * kLanes;
        auto input = random_floats(random, count);
        for (float& value : input) {
            value *= 6.0F;
        }
        const auto d_output = random_floats(random, count);
        auto output = poisoned(count);
        auto d_input = poisoned(count);
        softmax_forward(shape.channels, input, output);
        softmax_backward(shape.channels, output, d_output, d_input);
        const auto definition = [&](const auto& from, auto& to) {
            reference::softmax(shape, from, to);
        };
        for (Index lane = 0; lane < kLanes; ++lane) {
            const auto image = image_of_lane(shape, input, lane);
            std::vector<double> expected(image.size());
            definition(image, expected);
            CHECK(largest_difference(image_of_lane(shape, output, lane), expected) < 1e-6);
            const auto gradient =
                gradient_of(definition, image, image_of_lane(shape, d_output, lane));
            CHECK(largest_difference(image_of_lane(shape, d_input, lane), gradient) < 1e-6);
        }
    }
}

TEST_CASE("softmax: scores of any size have probabilities that sum to 1") {
    std::vector<float> input(at(3 * kLanes), 0.0F);
    input[0] = 1e4F;
    input[at(kLanes)] = 1e4F;
    input[1] = -std::numeric_limits<float>::infinity();
    std::vector<float> output(input.size());
    softmax_forward(3, input, output);
    CHECK(output[0] == 0.5F);
    CHECK(output[at(kLanes)] == 0.5F);
    CHECK(output[at(2 * kLanes)] == 0.0F);
    CHECK(output[1] == 0.0F);
    CHECK(output[at(kLanes + 1)] == 0.5F);
}

TEST_CASE("local_response_norm: equals the definition forward and backward in every lane") {
    Random random(22, "response");
    const Shape shape{.channels = 6, .height = 2, .width = 3};
    const Index count = shape.element_count() * kLanes;
    const ResponseNorm norms[] = {
        {.channels = 6, .size = 5, .scale = 0.3F, .beta = 0.75F, .k = 2.0F},
        {.channels = 6, .size = 4, .scale = 1.5F, .beta = 0.5F, .k = 1.0F},  // even: more before
        {.channels = 6, .size = 1, .scale = 1.0F, .beta = 2.0F, .k = 0.5F},
        {.channels = 6, .size = 30, .scale = 0.1F, .beta = 1.0F, .k = 1.0F},  // all channels
        {.channels = 6, .size = 3, .scale = 1.0F, .beta = 0.0F, .k = 0.0F},
    };
    for (const ResponseNorm& norm : norms) {
        CAPTURE(norm.size);
        const auto input = random_floats(random, count);
        const auto d_output = random_floats(random, count);
        auto output = poisoned(count);
        auto bases = poisoned(count);
        auto scratch = poisoned(shape.channels * kLanes);
        auto d_input = poisoned(count);
        local_response_norm_forward(norm, input, output, bases);
        local_response_norm_backward(norm, input, output, bases, d_output, scratch, d_input);
        const auto definition = [&](const auto& from, auto& to) {
            reference::local_response_norm(norm, shape, from, to);
        };
        for (Index lane = 0; lane < kLanes; ++lane) {
            const auto image = image_of_lane(shape, input, lane);
            std::vector<double> expected(image.size());
            definition(image, expected);
            CHECK(largest_difference(image_of_lane(shape, output, lane), expected) < 2e-6);
            const auto gradient =
                gradient_of(definition, image, image_of_lane(shape, d_output, lane));
            CHECK(largest_difference(image_of_lane(shape, d_input, lane), gradient) < 1e-5);
        }
    }
}
