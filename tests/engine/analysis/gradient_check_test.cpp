// The gradient check must pass right gradients, find wrong ones, and know where it cannot tell.

#include "engine/analysis/gradient_check.h"

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network_file.h"
#include "tests/support/tiny_network.h"

using namespace convoscope;
using convoscope::tests::tiny_network;

namespace {

/// Rounding of 32-bit sums comes to less than a hundredth; a wrong formula to tenths.
constexpr double kRight = 0.01;

GradientCheck checked(Network& network, const GradientCheckOptions& options = {}) {
    auto check = check_gradients(network, options);
    REQUIRE_MESSAGE(check.ok(), check.error().message);
    for (const TensorGradientCheck& tensor : check->tensors) {
        CAPTURE(tensor.name);
        CHECK(tensor.checked > 0);
    }
    return std::move(*check);
}

const std::string kResidual =
    R"({"name": "c1", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
       {"name": "n1", "type": "batch_norm2d"}, {"name": "r1", "type": "relu"},
       {"name": "c2", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1, "groups": 2},
       {"name": "sum", "type": "add", "inputs": ["c2", "n1"]},
       {"name": "join", "type": "concat", "inputs": ["sum", "r1"]},
       {"name": "drop", "type": "dropout", "p": 0.25},
       {"name": "pool", "type": "max_pool2d", "kernel_size": 2},
       {"name": "flat", "type": "flatten"},
       {"name": "fc", "type": "linear", "out_features": 5}, {"name": "last", "type": "tanh"})";

}  // namespace

TEST_CASE("gradient check: names the input and every parameter, and samples large tensors") {
    const auto network =
        tiny_network("[2, 6, 5]",
                     R"({"name": "c", "type": "conv2d", "out_channels": 3, "kernel_size": 3},
                                  {"type": "tanh"})");
    const GradientCheck check = checked(*network, {.most_checked = 10});
    REQUIRE(check.tensors.size() == 3);
    CHECK(check.tensors[0].name == "input");
    CHECK(check.tensors[1].name == "c.weight");
    CHECK(check.tensors[1].checked + check.tensors[1].skipped == 10);
    CHECK(check.tensors[2].name == "c.bias");
    CHECK(check.tensors[2].checked + check.tensors[2].skipped == 3);
    CHECK(check.worst_relative_error() < kRight);
}

TEST_CASE("gradient check: right gradients pass, through joins and batch norm, in both modes") {
    const auto network = tiny_network("[2, 6, 6]", kResidual);
    CHECK(checked(*network).worst_relative_error() < kRight);
    CHECK(checked(*network, {.images = 5, .training = true}).worst_relative_error() < kRight);
}

TEST_CASE("gradient check: parameters are left as they were") {
    const auto network = tiny_network("[2, 6, 6]", kResidual);
    const std::vector<float> before(network->parameters().begin(), network->parameters().end());
    checked(*network);
    CHECK(std::vector<float>(network->parameters().begin(), network->parameters().end()) == before);
}

TEST_CASE("gradient check: a gradient that is wrong is found, and where") {
    // loss = 3 x0² + sin x1 at (1, 0.5), whose gradient is (6, cos 0.5).
    const MovedLoss loss = [](Index element, double by) {
        const double x0 = 1.0 + (element == 0 ? by : 0.0);
        const double x1 = 0.5 + (element == 1 ? by : 0.0);
        return 3.0 * x0 * x0 + std::sin(x1);
    };
    const std::array<float, 2> right = {6.0F, std::cos(0.5F)};
    const TensorGradientCheck passed = compare_gradient("x", right, loss, 0.0, 0.0);
    CHECK(passed.worst_relative_error < 1e-7);
    CHECK(passed.checked == 2);
    const std::array<float, 2> wrong = {6.0F, -std::cos(0.5F)};
    const TensorGradientCheck failed = compare_gradient("x", wrong, loss, 0.0, 0.0);
    CHECK(failed.worst_element == 1);
    CHECK(failed.worst_relative_error == doctest::Approx(2.0 * std::cos(0.5) / 6.0));
    CHECK(failed.numeric == doctest::Approx(std::cos(0.5)));
    const std::array<float, 2> broken = {std::numeric_limits<float>::quiet_NaN(), right[1]};
    CHECK_FALSE(compare_gradient("x", broken, loss, 0.0, 0.0).worst_relative_error < 1e9);
}

TEST_CASE("gradient check: kinks within a step are skipped, wherever they lie") {
    for (const double kink : {0.0, 0.001, 0.0033, 0.005, 0.009}) {
        CAPTURE(kink);
        const MovedLoss loss = [&](Index, double by) { return std::abs(by - kink); };
        const std::array<float, 1> gradient = {kink > 0.0 ? -1.0F : 1.0F};
        const TensorGradientCheck check = compare_gradient("x", gradient, loss, 0.0, 0.0);
        CHECK(check.skipped == 1);
        CHECK(check.checked == 0);
    }
}
