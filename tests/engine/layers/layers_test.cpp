#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/layers/conv2d_layer.h"
#include "engine/layers/flatten_layer.h"
#include "engine/layers/linear_layer.h"
#include "engine/layers/max_pool2d_layer.h"
#include "engine/layers/relu_layer.h"
#include "tests/support/layer_run.h"

using namespace convoscope;
using namespace convoscope::tests;

TEST_CASE("conv2d layer: shapes, parameters and gradients") {
    const Shape input{.channels = 4, .height = 6, .width = 5};
    const Conv2dSpec spec{.out_channels = 6,
                          .kernel_height = 3,
                          .kernel_width = 2,
                          .stride_height = 2,
                          .padding_top = 1,
                          .padding_bottom = 1,
                          .padding_left = 1,
                          .dilation_width = 2,
                          .groups = 2};
    const auto layer = make_conv2d_layer(spec, input);
    CHECK(layer->output_shape() == Shape{.channels = 6, .height = 3, .width = 4});
    CHECK(layer->multiply_accumulates() == 6 * 3 * 4 * 2 * 3 * 2);
    const auto parameters = layer->parameters();
    REQUIRE(parameters.size() == 2);
    CHECK(parameters[0].shape == std::vector<Index>{6, 2, 3, 2});
    CHECK(parameters[0].fan_in == 12);
    CHECK(parameters[1].shape == std::vector<Index>{6});
    CHECK(parameters[1].fan_in == 12);
    check_layer(make_conv2d_layer(spec, input), input);
    Conv2dSpec without_bias = spec;
    without_bias.bias = false;
    CHECK(make_conv2d_layer(without_bias, input)->parameters().size() == 1);
    check_layer(make_conv2d_layer(without_bias, input), input);
}

TEST_CASE("conv2d layer: weights go out in PyTorch's order [out][in][row][column]") {
    const auto layer =
        make_conv2d_layer({.out_channels = 1, .kernel_height = 1, .kernel_width = 2, .bias = false},
                          {.channels = 3, .height = 4, .width = 4});
    const std::vector<float> engine{0, 10, 20, 1, 11, 21};  // [column][in]
    std::vector<float> pytorch(6);
    layer->to_pytorch_order(0, engine, pytorch);
    CHECK(pytorch == std::vector<float>{0, 1, 10, 11, 20, 21});
}

TEST_CASE("conv2d layer: accumulate adds to the gradients that are there") {
    const Shape input{.channels = 2, .height = 4, .width = 4};
    LayerRun run(
        make_conv2d_layer({.out_channels = 3, .kernel_height = 3, .kernel_width = 3}, input),
        input);
    run.forward();
    run.backward();
    const auto once = run.d_parameters;
    run.backward(true);
    for (std::size_t i = 0; i < once.size(); ++i) {
        CHECK(run.d_parameters[i] == 2.0F * once[i]);  // doubling is exact
    }
}

TEST_CASE("linear layer: shapes, parameters and gradients") {
    const auto layer = make_linear_layer({.out_features = 7}, flat_shape(19));
    CHECK(layer->output_shape() == flat_shape(7));
    CHECK(layer->multiply_accumulates() == 133);
    CHECK(layer->parameters()[0].shape == std::vector<Index>{7, 19});
    check_layer(make_linear_layer({.out_features = 7}, flat_shape(19)), flat_shape(19));
    check_layer(make_linear_layer({.out_features = 13, .bias = false}, flat_shape(8)),
                flat_shape(8));
}

TEST_CASE("max_pool2d layer: shapes and gradients") {
    const Shape input{.channels = 3, .height = 6, .width = 7};
    const MaxPool2dSpec spec{.kernel_height = 2, .kernel_width = 3, .stride_width = 1};
    const auto layer = make_max_pool2d_layer(spec, input);
    CHECK(layer->output_shape() == Shape{.channels = 3, .height = 3, .width = 5});
    CHECK(layer->parameters().empty());
    LayerRun run(make_max_pool2d_layer(spec, input), input);
    // Numbers 1/16 apart, so that a step of 1/64 tips no comparison: 17 has no factor in common
    // with the 42 cells of a channel.
    for (std::size_t i = 0; i < run.input.size(); ++i) {
        run.input[i] = static_cast<float>(i / at(kLanes) / 3 * 17 % 42) / 16.0F;
    }
    run.forward();
    run.backward();
    const auto d_input = run.d_input;
    check_slopes(run, run.input, d_input);
}

TEST_CASE("relu and flatten layers: shapes and gradients") {
    const Shape input{.channels = 3, .height = 2, .width = 4};
    CHECK(make_relu_layer(input)->output_shape() == input);
    CHECK(make_flatten_layer(input)->output_shape() == flat_shape(24));
    check_layer(make_flatten_layer(input), input);
    LayerRun relu(make_relu_layer(input), input);
    for (float& value : relu.input) {
        value += value < 0.0F ? -0.1F : 0.1F;  // away from the bend
    }
    relu.forward();
    relu.backward();
    const auto d_input = relu.d_input;
    check_slopes(relu, relu.input, d_input);
}

TEST_CASE("layers: what a network cannot have is said in a sentence") {
    const Shape volume{.channels = 6, .height = 5, .width = 5};
    CHECK(check_conv2d({.out_channels = 0}, volume).error().message ==
          "out_channels is 0, expected at least 1");
    CHECK(check_conv2d({.out_channels = 8, .groups = 4}, volume).error().message ==
          "groups is 4, expected a divisor of both the 6 input channels and the 8 out_channels");
    CHECK(check_conv2d({.kernel_height = 6}, volume).error().message ==
          "the kernel covers 6 along the height, but the padded input has only 5");
    CHECK(!check_conv2d({}, flat_shape(4)).ok());
    CHECK(!check_max_pool2d({}, flat_shape(4)).ok());
    CHECK(check_max_pool2d({.padding_width = 2}, volume).error().message ==
          "padding along the width is 2, expected at most half the kernel_size 2");
    CHECK(check_linear({.out_features = 3}, volume).error().message ==
          "linear needs a flat vector, but its input is a volume of 6×5×5; put a flatten layer "
          "before it");
    CHECK(check_conv2d({.out_channels = 6, .kernel_height = 5}, volume).ok());
}
