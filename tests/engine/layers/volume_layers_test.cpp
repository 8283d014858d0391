// Transposed convolution, padding modes, and pooling by means.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/layers/adaptive_avg_pool2d_layer.h"
#include "engine/layers/avg_pool2d_layer.h"
#include "engine/layers/conv2d_layer.h"
#include "engine/layers/conv_transpose2d_layer.h"
#include "engine/layers/max_pool2d_layer.h"
#include "tests/support/layer_run.h"

using namespace convoscope;
using namespace convoscope::tests;

TEST_CASE("conv_transpose2d layer: shapes, parameters and gradients") {
    const Shape input{.channels = 4, .height = 3, .width = 2};
    const ConvTranspose2dSpec spec{.out_channels = 6,
                                   .kernel_height = 3,
                                   .kernel_width = 2,
                                   .stride_height = 2,
                                   .stride_width = 3,
                                   .padding_height = 1,
                                   .output_padding_width = 2,
                                   .dilation_height = 2,
                                   .groups = 2};
    const auto layer = make_conv_transpose2d_layer(spec, input);
    CHECK(layer->output_shape() == Shape{.channels = 6, .height = 7, .width = 7});
    CHECK(layer->multiply_accumulates() == 4 * 3 * 2 * 3 * 3 * 2);
    const auto parameters = layer->parameters();
    REQUIRE(parameters.size() == 2);
    CHECK(parameters[0].shape == std::vector<Index>{4, 3, 3, 2});
    CHECK(parameters[0].fan_in == 18);
    CHECK(parameters[0].fan_out == 24);
    CHECK(parameters[1].shape == std::vector<Index>{6});
    check_layer(make_conv_transpose2d_layer(spec, input), input);
    const ConvTranspose2dSpec without_bias{.out_channels = 3, .kernel_width = 2, .bias = false};
    CHECK(make_conv_transpose2d_layer(without_bias, input)->parameters().size() == 1);
    check_layer(make_conv_transpose2d_layer(without_bias, input), input);
    check_layer(make_conv_transpose2d_layer({.kernel_height = 4, .stride_height = 2}, {5, 1, 1}),
                {5, 1, 1});
}

TEST_CASE("conv_transpose2d layer: one pixel paints one kernel") {
    LayerRun run(
        make_conv_transpose2d_layer(
            {.out_channels = 1, .kernel_height = 2, .kernel_width = 3, .bias = false}, {1, 1, 1}),
        {1, 1, 1});
    run.input.assign(run.input.size(), 2.0F);
    run.parameters = {1, 2, 3, 4, 5, 6};
    run.forward();
    for (Index cell = 0; cell < 6; ++cell) {
        CHECK(run.output[at(cell * kLanes)] == 2.0F * static_cast<float>(cell + 1));
    }
}

TEST_CASE("conv_transpose2d layer: what cannot be is said in a sentence") {
    const Shape input{.channels = 4, .height = 2, .width = 2};
    CHECK(check_conv_transpose2d({.stride_height = 2, .output_padding_height = 2}, input)
              .error()
              .message ==
          "output_padding along the height is 2, expected less than the stride 2 or the dilation "
          "1");
    CHECK(check_conv_transpose2d({.output_padding_width = 2, .dilation_width = 3}, input).ok());
    CHECK(check_conv_transpose2d({.padding_width = 1}, input).error().message ==
          "the output along the width comes to 0, expected at least 1; the padding 1 cuts off more "
          "than there is");
    CHECK_FALSE(check_conv_transpose2d({.out_channels = 3, .groups = 2}, input).ok());
    CHECK_FALSE(check_conv_transpose2d({}, flat_shape(4)).ok());
}

TEST_CASE("conv2d layer: gradients with every padding mode") {
    const Shape input{.channels = 2, .height = 4, .width = 3};
    for (const PaddingMode mode :
         {PaddingMode::reflect, PaddingMode::replicate, PaddingMode::circular}) {
        const Conv2dSpec spec{.out_channels = 3,
                              .kernel_height = 3,
                              .kernel_width = 2,
                              .stride_height = 2,
                              .padding_top = 3,
                              .padding_bottom = 1,
                              .padding_right = 2,
                              .padding_mode = mode};
        CHECK(make_conv2d_layer(spec, input)->output_shape() ==
              Shape{.channels = 3, .height = 3, .width = 4});
        check_layer(make_conv2d_layer(spec, input), input);
    }
}

TEST_CASE("conv2d layer: a mode without padding needs no copy") {
    const auto layer = make_conv2d_layer({.padding_mode = PaddingMode::reflect}, {2, 3, 3});
    CHECK(layer->memory().scratch_floats == 0);
}

TEST_CASE("conv2d layer: images of one pixel, and kernels that are too large for an image") {
    check_layer(make_conv2d_layer({.out_channels = 5}, {3, 1, 1}), {3, 1, 1});
    CHECK_FALSE(check_conv2d({.kernel_height = 2}, {3, 1, 1}).ok());
    CHECK(check_conv2d({.kernel_height = 2, .padding_top = 1}, {3, 1, 1}).ok());
    CHECK_FALSE(
        check_conv2d({.padding_top = 1, .padding_mode = PaddingMode::reflect}, {3, 1, 1}).ok());
}

TEST_CASE("avg_pool2d layer: shapes, what padding counts, and gradients") {
    const Shape input{.channels = 3, .height = 5, .width = 4};
    const AvgPool2dSpec spec{.kernel_height = 3,
                             .kernel_width = 2,
                             .padding_height = 1,
                             .ceil_mode = true,
                             .count_include_pad = true};
    CHECK(make_avg_pool2d_layer(spec, input)->output_shape() ==
          Shape{.channels = 3, .height = 3, .width = 2});
    check_layer(make_avg_pool2d_layer(spec, input), input);
    AvgPool2dSpec inside = spec;
    inside.count_include_pad = false;
    check_layer(make_avg_pool2d_layer(inside, input), input);

    LayerRun counted(make_avg_pool2d_layer(spec, input), input);
    LayerRun uncounted(make_avg_pool2d_layer(inside, input), input);
    counted.input.assign(counted.input.size(), 6.0F);
    uncounted.input = counted.input;
    counted.forward();
    uncounted.forward();
    CHECK(counted.output[0] == doctest::Approx(4.0));  // one row of three is padding
    CHECK(uncounted.output[0] == doctest::Approx(6.0));
}

TEST_CASE("pooling: ceil_mode lets the last window hang over, even the only one") {
    const Shape input{.channels = 1, .height = 2, .width = 2};
    const AvgPool2dSpec spec{.kernel_height = 3, .kernel_width = 3, .ceil_mode = true};
    CHECK(check_avg_pool2d(spec, input).ok());
    CHECK(make_avg_pool2d_layer(spec, input)->output_shape() ==
          Shape{.channels = 1, .height = 1, .width = 1});
    CHECK(check_max_pool2d({.kernel_height = 3, .kernel_width = 3, .ceil_mode = true}, input).ok());
    CHECK_FALSE(check_avg_pool2d({.kernel_height = 3, .kernel_width = 3}, input).ok());
    CHECK_FALSE(check_avg_pool2d({.kernel_height = 4, .ceil_mode = true}, input).ok());
    CHECK(check_avg_pool2d({.padding_width = 2}, input).error().message ==
          "padding along the width is 2, expected at most half the kernel_size 2");
}

TEST_CASE("adaptive_avg_pool2d layer: any output size, larger than the input too") {
    const Shape input{.channels = 2, .height = 5, .width = 3};
    check_layer(make_adaptive_avg_pool2d_layer({}, input), input);
    check_layer(make_adaptive_avg_pool2d_layer({.output_height = 3, .output_width = 7}, input),
                input);
    CHECK(make_adaptive_avg_pool2d_layer({.output_height = 0, .output_width = 2}, input)
              ->output_shape() == Shape{.channels = 2, .height = 5, .width = 2});
    CHECK_FALSE(check_adaptive_avg_pool2d({}, flat_shape(4)).ok());
}

TEST_CASE("max_pool2d layer: a window of any number of cells") {
    const Shape input{.channels = 2, .height = 18, .width = 20};
    const MaxPool2dSpec spec{
        .kernel_height = 18, .kernel_width = 20, .stride_height = 1, .stride_width = 1};
    LayerRun run(make_max_pool2d_layer(spec, input), input);
    const Index last = 18 * 20 - 1;
    for (Index i = 0; i < 2 * kLanes; ++i) {
        run.input[at(last * 2 * kLanes + i)] = 5.0F;
    }
    run.forward();
    run.backward();
    for (Index i = 0; i < 2 * kLanes; ++i) {
        CHECK(run.output[at(i)] == 5.0F);
        CHECK(run.d_input[at(last * 2 * kLanes + i)] == run.d_output[at(i)]);
    }
}
