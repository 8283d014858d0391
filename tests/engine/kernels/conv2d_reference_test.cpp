#include "engine/kernels/reference/conv2d_reference.h"

#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "tests/support/gradient_check.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

TEST_CASE("conv2d reference: a 3x3 image under a 2x2 kernel, by hand") {
    const Conv2dGeometry g{.input = {1, 3, 3},
                           .output = {1, 2, 2},
                           .vertical = {.size = 2},
                           .horizontal = {.size = 2}};
    const std::vector<double> input{1, 2, 3, 4, 5, 6, 7, 8, 9};
    const std::vector<double> weights{1, 2, 3, 4};
    const std::vector<double> bias{0.5};
    std::vector<double> output(4);
    reference::conv2d_forward(g, input, weights, bias, output);
    // 1·1 + 2·2 + 4·3 + 5·4 = 37; each step to the right adds 10, each step down 30.
    CHECK(output == std::vector<double>{37.5, 47.5, 67.5, 77.5});
}

TEST_CASE("conv2d reference: its gradients are those of central differences") {
    const Conv2dGeometry g{
        .input = {4, 6, 5},
        .output = {6, 3, 4},
        .vertical = {.size = 3, .stride = 2, .padding_begin = 1, .padding_end = 1},
        .horizontal = {.size = 2, .padding_begin = 1, .dilation = 2},
        .groups = 2};
    Random random(2, "gradient");
    auto input = as_doubles(random_floats(random, g.input.element_count()));
    auto weights = as_doubles(random_floats(random, g.weight_count()));
    auto bias = as_doubles(random_floats(random, g.output.channels));
    // loss = sum of outputs, each times its own factor: d_output is those factors.
    const auto d_output = as_doubles(random_floats(random, g.output.element_count()));
    const auto loss = [&] {
        std::vector<double> output(d_output.size());
        reference::conv2d_forward(g, input, weights, bias, output);
        return std::inner_product(output.begin(), output.end(), d_output.begin(), 0.0);
    };
    std::vector<double> d_input(input.size());
    std::vector<double> d_weights(weights.size());
    std::vector<double> d_bias(bias.size());
    reference::conv2d_backward_input(g, weights, d_output, d_input);
    reference::conv2d_backward_weights(g, input, d_output, d_weights);
    reference::conv2d_backward_bias(g, d_output, d_bias);
    // The loss is linear in each, so that only rounding remains.
    CHECK(largest_difference(d_input, numeric_gradient(input, loss)) < 1e-8);
    CHECK(largest_difference(d_weights, numeric_gradient(weights, loss)) < 1e-8);
    CHECK(largest_difference(d_bias, numeric_gradient(bias, loss)) < 1e-8);
}
