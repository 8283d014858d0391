#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/layers/elu_layer.h"
#include "engine/layers/gelu_layer.h"
#include "engine/layers/identity_layer.h"
#include "engine/layers/leaky_relu_layer.h"
#include "engine/layers/local_response_norm_layer.h"
#include "engine/layers/prelu_layer.h"
#include "engine/layers/sigmoid_layer.h"
#include "engine/layers/silu_layer.h"
#include "engine/layers/softmax_layer.h"
#include "engine/layers/softplus_layer.h"
#include "engine/layers/tanh_layer.h"
#include "tests/support/layer_run.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

// Curved within a step of 1/64.
constexpr double kCurved = 5e-3;

/// Moves the input away from 0, where some functions have a bend.
void check_away_from_zero(std::unique_ptr<Layer> layer, const Shape& shape) {
    LayerRun run(std::move(layer), shape);
    for (float& value : run.input) {
        value += value < 0.0F ? -0.1F : 0.1F;
    }
    run.forward();
    run.backward();
    const auto d_input = run.d_input;
    const auto d_parameters = run.d_parameters;
    check_slopes(run, run.input, d_input, kCurved);
    check_slopes(run, run.parameters, d_parameters, kCurved);
}

}  // namespace

TEST_CASE("activation layers: keep the shape and have the right gradients") {
    for (const Shape& shape : {Shape{3, 2, 4}, Shape{1, 1, 1}, flat_shape(7)}) {
        CAPTURE(shape.text());
        CHECK(make_sigmoid_layer(shape)->output_shape() == shape);
        check_layer(make_sigmoid_layer(shape), shape, kCurved);
        check_layer(make_tanh_layer(shape), shape, kCurved);
        check_layer(make_silu_layer(shape), shape, kCurved);
        check_layer(make_identity_layer(shape), shape);
        check_layer(make_gelu_layer({}, shape), shape, kCurved);
        check_layer(make_gelu_layer({.tanh_approximation = true}, shape), shape, kCurved);
        check_layer(make_softplus_layer({.beta = 2.0F}, shape), shape, kCurved);
        check_layer(make_softmax_layer(shape), shape, kCurved);
        check_away_from_zero(make_leaky_relu_layer({.negative_slope = 0.2F}, shape), shape);
        check_away_from_zero(make_elu_layer({.alpha = 0.5F}, shape), shape);
        check_away_from_zero(make_prelu_layer({}, shape), shape);
        check_away_from_zero(make_prelu_layer({.num_parameters = shape.channels}, shape), shape);
    }
}

TEST_CASE("prelu layer: one weight, or one a channel, that starts at init") {
    const Shape shape{.channels = 5, .height = 2, .width = 2};
    const auto parameters =
        make_prelu_layer({.num_parameters = 5, .init = 0.1F}, shape)->parameters();
    REQUIRE(parameters.size() == 1);
    CHECK(parameters[0].name == "weight");
    CHECK(parameters[0].shape == std::vector<Index>{5});
    CHECK(parameters[0].initial_value == 0.1F);
    CHECK(check_prelu({.num_parameters = 3}, shape).error().message ==
          "num_parameters is 3, expected 1 or the number of channels, 5");
}

TEST_CASE("prelu layer: accumulate adds to the gradient that is there") {
    const Shape shape{.channels = 3, .height = 2, .width = 2};
    LayerRun run(make_prelu_layer({.num_parameters = 3}, shape), shape);
    run.forward();
    run.backward();
    const auto once = run.d_parameters;
    run.backward(true);
    for (std::size_t i = 0; i < once.size(); ++i) {
        CHECK(run.d_parameters[i] == 2.0F * once[i]);  // doubling is exact
    }
}

TEST_CASE("local_response_norm layer: gradients, and a volume as input") {
    const Shape shape{.channels = 6, .height = 2, .width = 3};
    check_layer(make_local_response_norm_layer({.size = 3, .alpha = 0.5F}, shape), shape, kCurved);
    CHECK_FALSE(check_local_response_norm({.size = 3}, flat_shape(6)).ok());
}
