#include "engine/kernels/activation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/permute.h"
#include "engine/kernels/reference/activation_reference.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

using Forward = std::function<void(std::span<const float> input, std::span<float> output)>;
using Backward = std::function<void(std::span<const float> input,
                                    std::span<const float> output,
                                    std::span<const float> d_output,
                                    std::span<float> d_input)>;

struct Activation {
    std::string name;
    std::function<double(double)> definition;
    Forward forward;
    Backward backward;
};

/// Kernels that go back from the output, and from the input.
Backward from_output(void (*kernel)(std::span<const float>,
                                    std::span<const float>,
                                    std::span<float>)) {
    return [kernel](auto, auto output, auto d_output, auto d_input) {
        kernel(output, d_output, d_input);
    };
}
Backward from_input(void (*kernel)(std::span<const float>,
                                   std::span<const float>,
                                   std::span<float>)) {
    return [kernel](auto input, auto, auto d_output, auto d_input) {
        kernel(input, d_output, d_input);
    };
}

/// Kernels with an attribute.
using ForwardOf = void (*)(float, std::span<const float>, std::span<float>);
using BackwardOf = void (*)(float,
                            std::span<const float>,
                            std::span<const float>,
                            std::span<float>);

Activation with(const std::string& name,
                float attribute,
                double (*definition)(double, double),
                ForwardOf forward,
                BackwardOf backward) {
    return {.name = name + " " + std::to_string(attribute),
            .definition = [=](double x) { return definition(static_cast<double>(attribute), x); },
            .forward = [=](auto input, auto output) { forward(attribute, input, output); },
            .backward =
                [=](auto input, auto, auto d_output, auto d_input) {
                    backward(attribute, input, d_output, d_input);
                }};
}

std::vector<Activation> activations() {
    return {
        {"sigmoid", reference::sigmoid, sigmoid_forward, from_output(sigmoid_backward)},
        {"tanh", [](double x) { return std::tanh(x); }, tanh_forward, from_output(tanh_backward)},
        {"silu", reference::silu, silu_forward, from_input(silu_backward)},
        {"gelu", reference::gelu, gelu_forward, from_input(gelu_backward)},
        {"gelu tanh", reference::gelu_tanh, gelu_tanh_forward, from_input(gelu_tanh_backward)},
        with("leaky_relu", 0.01F, reference::leaky_relu, leaky_relu_forward, leaky_relu_backward),
        with("leaky_relu", -0.5F, reference::leaky_relu, leaky_relu_forward, leaky_relu_backward),
        with("elu", 1.0F, reference::elu, elu_forward, elu_backward),
        with("elu", 0.3F, reference::elu, elu_forward, elu_backward),
        with("softplus", 1.0F, reference::softplus, softplus_forward, softplus_backward),
        with("softplus", 3.0F, reference::softplus, softplus_forward, softplus_backward),
        with("softplus", -2.0F, reference::softplus, softplus_forward, softplus_backward),
    };
}

/// From -30 to 30 in steps that miss 0 and the bend of softplus at 20.
std::vector<float> sweep() {
    std::vector<float> values;
    for (Index i = 0; i < 256 * kLanes; ++i) {
        values.push_back(
            (static_cast<float>(i) + 0.37F) * 60.0F / static_cast<float>(256 * kLanes) - 30.0F);
    }
    return values;
}

}  // namespace

TEST_CASE("activations: values equal the definitions, slopes their central differences") {
    const auto input = sweep();
    for (const Activation& activation : activations()) {
        CAPTURE(activation.name);
        auto output = poisoned(std::ssize(input));
        auto d_input = poisoned(std::ssize(input));
        activation.forward(input, output);
        activation.backward(input, output, std::vector<float>(input.size(), 2.0F), d_input);
        double worst = 0.0;
        double worst_slope = 0.0;
        for (std::size_t i = 0; i < input.size(); ++i) {
            constexpr double kStep = 1e-6;
            const double x = static_cast<double>(input[i]);
            const double value = activation.definition(x);
            const double slope =
                (activation.definition(x + kStep) - activation.definition(x - kStep)) /
                (2.0 * kStep);
            const double scale = std::max(1.0, std::abs(value));
            worst = std::max(worst, std::abs(static_cast<double>(output[i]) - value) / scale);
            worst_slope =
                std::max(worst_slope, std::abs(static_cast<double>(d_input[i]) - 2.0 * slope));
        }
        CHECK(worst < 3e-7);
        // 1e-9 of a value near 30, divided by the step, is the difference's own error.
        CHECK(worst_slope < 1e-5);
    }
}

TEST_CASE("activations: far out nothing overflows, and what is not a number stays so") {
    const float extremes[] = {-1e4F, -200.0F, 200.0F, 1e4F};
    for (const Activation& activation : activations()) {
        CAPTURE(activation.name);
        for (const float x : extremes) {
            CAPTURE(x);
            const std::vector<float> input(at(kLanes), x);
            auto output = poisoned(kLanes);
            auto d_input = poisoned(kLanes);
            activation.forward(input, output);
            activation.backward(input, output, std::vector<float>(at(kLanes), 1.0F), d_input);
            CHECK(output[0] ==
                  doctest::Approx(activation.definition(static_cast<double>(x))).epsilon(1e-6));
            CHECK(std::isfinite(d_input[0]));
        }
        auto output = std::vector<float>(at(kLanes));
        activation.forward(poisoned(kLanes), output);
        CHECK(std::isnan(output[0]));
    }
}

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
