// The input that a filter wants.

#include "engine/explain/gradient_ascent.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "tests/engine/explain/explain_support.h"

using namespace convoscope;
using namespace convoscope::tests;

TEST_CASE("gradient ascent: a single convolution wants its own kernel, and nothing beside it") {
    const Probed net = probed(
        "[1, 7, 7]", R"({"name": "conv", "type": "conv2d", "out_channels": 2, "kernel_size": 3})");
    GradientAscent work(*net.probe,
                        {.value = 1, .channel = 1, .row = 2, .column = 2},
                        {},
                        {},
                        {.iterations = 400, .decay = 0.05, .blur_interval = 0});
    while (!work.step()) {
    }
    const NamedParameter& weight = *net.network->find_parameter("conv.weight");
    const auto kernels = net.network->to_pytorch_order(weight, net.network->parameters());
    double product = 0.0;
    double kernel_squares = 0.0;
    double squares = 0.0;
    for (Index row = 0; row < 7; ++row) {
        for (Index column = 0; column < 7; ++column) {
            const auto number = static_cast<double>(work.input()[at(row * 7 + column)]);
            squares += number * number;
            if (row >= 2 && row < 5 && column >= 2 && column < 5) {
                const auto kernel =
                    static_cast<double>(kernels[at(9 + (row - 2) * 3 + column - 2)]);
                product += kernel * number;
                kernel_squares += kernel * kernel;
            }
        }
    }
    CHECK(product / std::sqrt(kernel_squares * squares) == doctest::Approx(1.0).epsilon(1e-4));
}

TEST_CASE("gradient ascent: one step is the input less its decay, plus the gradient of rms 1") {
    const Probed net = probed("[2, 6, 6]", kBranches);
    const AscentTarget target{.value = 7, .channel = 4, .row = 1, .column = 2};
    const AscentSettings settings{.iterations = 1, .step = 0.2, .decay = 0.1, .blur_interval = 0};
    GradientAscent work(*net.probe, target, {}, {}, settings);
    const std::vector<float> before = work.input();
    const auto answer = [&](const std::vector<float>& image) {
        net.probe->fill(image, false);
        net.probe->forward();
        return net.probe->value_of_lane(7)[4 * 9 + 1 * 3 + 2];
    };
    std::vector<double> slopes;
    double squares = 0.0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        std::vector<float> above = before;
        std::vector<float> below = before;
        above[i] += 0.02F;
        below[i] -= 0.02F;
        slopes.push_back(static_cast<double>(answer(above) - answer(below)) / 0.04);
        squares += slopes.back() * slopes.back();
    }
    REQUIRE(work.step());
    const double rms = std::sqrt(squares / static_cast<double>(before.size()));
    for (std::size_t i = 0; i < before.size(); ++i) {
        const double wanted = 0.9 * static_cast<double>(before[i]) + 0.2 * slopes[i] / rms;
        CHECK(work.input()[i] == doctest::Approx(wanted).epsilon(1e-3).scale(1.0));
    }
}

TEST_CASE("gradient ascent: the answer grows, and no number leaves its bounds") {
    const Probed net = probed("[2, 6, 6]", kBranches);
    GradientAscent work(*net.probe,
                        {.value = 11, .channel = 2},
                        std::vector<float>(72, -0.5F),
                        std::vector<float>(72, 1.5F));
    const float before = work.activation();
    while (!work.step()) {
    }
    CHECK(work.activation() > before + 0.1F);
    CHECK(std::ranges::all_of(work.input(), [](float x) { return x >= -0.5F && x <= 1.5F; }));
}

TEST_CASE("blur: a point becomes the product of two Gaussians, and nothing is lost") {
    std::vector<float> image(9 * 9, 0.0F);
    image[4 * 9 + 4] = 1.0F;
    blur(image, {.channels = 1, .height = 9, .width = 9}, 1.0);
    double norm = 0.0;
    for (int tap = -3; tap <= 3; ++tap) {
        norm += std::exp(-0.5 * tap * tap);
    }
    for (int row = 0; row < 9; ++row) {
        for (int column = 0; column < 9; ++column) {
            const int down = row - 4;
            const int across = column - 4;
            const bool reached = std::abs(down) <= 3 && std::abs(across) <= 3;
            const double wanted =
                reached ? std::exp(-0.5 * (down * down + across * across)) / (norm * norm) : 0.0;
            CHECK(image[at(row * 9 + column)] == doctest::Approx(wanted).epsilon(1e-4).scale(1e-3));
        }
    }
    CHECK(std::accumulate(image.begin(), image.end(), 0.0F) == doctest::Approx(1.0));
}
