// Gradients through an opened network, against moving the numbers a little.

#include "engine/explain/saliency.h"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/explain/finite_difference.h"
#include "tests/engine/explain/explain_support.h"

using namespace convoscope;
using namespace convoscope::tests;

TEST_CASE("saliency: every number of the gradient is the slope of the score to 1e-3") {
    const Probed net = probed("[2, 6, 6]", kBranches);
    std::vector<float> image = random_image(net.network->shape(0));
    const Saliency found = saliency(*net.probe, image, 1);
    REQUIRE(found.gradient.size() == image.size());
    for (std::size_t i = 0; i < image.size(); ++i) {
        constexpr float kStep = 0.02F;
        std::vector<float> above = image;
        std::vector<float> below = image;
        above[i] += kStep;
        below[i] -= kStep;
        const float slope =
            (output_of(*net.network, above)[1] - output_of(*net.network, below)[1]) /
            (2.0F * kStep);
        CHECK(std::abs(found.gradient[i] - slope) < 1e-3F);
    }
}

TEST_CASE("saliency: a pixel counts as the greatest of its channels") {
    const Probed net = probed("[2, 6, 6]", kBranches);
    const Saliency found = saliency(*net.probe, random_image(net.network->shape(0)), 0);
    for (std::size_t pixel = 0; pixel < 36; ++pixel) {
        CHECK(found.magnitude[pixel] ==
              std::max(std::abs(found.gradient[pixel]), std::abs(found.gradient[36 + pixel])));
    }
}

TEST_CASE("probe: from the middle of the network only what leads there has a gradient") {
    const Probed net = probed("[2, 6, 6]", kBranches);
    net.probe->fill(random_image(net.network->shape(0)), false);
    net.probe->forward();
    constexpr Index kRight = 5;  // the output of "right"; "left" and "sum" are beside it
    net.probe->begin_gradient(kRight)[0] = 1.0F;
    net.probe->backward(kRight);
    const auto all_zero = [](std::span<const float> numbers) {
        return std::ranges::all_of(numbers, [](float number) { return number == 0.0F; });
    };
    CHECK(all_zero(net.probe->gradient(3)));
    CHECK(all_zero(net.probe->gradient(4)));
    CHECK_FALSE(all_zero(net.probe->gradient(2)));
    CHECK_FALSE(all_zero(net.probe->gradient(0)));
    const auto parameters = net.network->named_parameters();
    const auto gradients = net.probe->parameter_gradients();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const bool leads =
            parameters[i].name.starts_with("conv.") || parameters[i].name.starts_with("right.");
        CHECK(all_zero(gradients[i]) != leads);
    }
}

TEST_CASE("probe: gradients of all parameters are those of a run that PyTorch was compared with") {
    const Probed net = probed("[2, 6, 6]", kBranches);
    const std::vector<float> image = random_image(net.network->shape(0));
    net.probe->fill(image, false);
    net.probe->forward();
    net.probe->backward_score(2);
    const std::vector<float> d_output = {0.0F, 0.0F, 1.0F};
    SingleRunRequest request;
    request.input = image;
    request.count = 1;
    request.d_output = d_output;
    request.gradients = true;
    const auto run = single_run(*net.network, request);
    REQUIRE(run.ok());
    CHECK(net.probe->parameter_gradients() == run->d_parameters);
    CHECK(net.probe->gradient_of_lane(0) == run->d_input);
}

TEST_CASE(
    "finite differences: any value and any weight, moved a little, agrees with its gradient") {
    const Probed net = probed("[2, 6, 6]", kBranches);
    const std::vector<float> image = random_image(net.network->shape(0));
    const OutputFunction score = [](std::span<const float> output, Index lane) {
        return static_cast<double>(output[at(lane)]);
    };
    for (Index value = 0; value < net.network->layer_count(); ++value) {
        net.probe->fill(image, false);
        net.probe->forward();
        net.probe->backward_score(0);
        const std::vector<float> gradient = net.probe->gradient_of_lane(value);
        const Index element = std::ssize(gradient) / 3;
        const auto found = move_value(*net.probe, image, value, element, 0.05, score, 1e-7);
        CHECK_FALSE(found.kink);
        CHECK(found.slope == near(gradient[at(element)], 1.0, 1e-3));
    }
    net.probe->fill(image, false);
    net.probe->forward();
    net.probe->backward_score(0);
    const auto gradients = net.probe->parameter_gradients();
    const auto parameters = net.network->named_parameters();
    const std::vector<float> before(net.network->parameters().begin(),
                                    net.network->parameters().end());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto found =
            move_parameter(*net.probe, *net.network, image, parameters[i], 0, 0.05, score, 1e-7);
        CHECK(found.slope == near(gradients[i][0], 1.0, 1e-3));
    }
    CHECK(std::ranges::equal(before, net.network->parameters()));
}

TEST_CASE("finite differences: a rectifier that changes hands at the very point is told") {
    const Probed net = probed("[1, 1, 1]", R"({"name": "relu", "type": "relu"})");
    const OutputFunction score = [](std::span<const float> output, Index lane) {
        return static_cast<double>(output[at(lane)]);
    };
    const std::vector<float> near = {0.001F};
    const std::vector<float> far = {0.06F};
    CHECK(move_value(*net.probe, near, 0, 0, 0.1, score, 1e-7).kink);
    const auto found = move_value(*net.probe, far, 0, 0, 0.1, score, 1e-7);
    CHECK_FALSE(found.kink);
    CHECK(found.step == doctest::Approx(0.05));
    CHECK(found.slope == doctest::Approx(1.0));
}
