#include "engine/losses/softmax_cross_entropy.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/core/random.h"
#include "tests/support/gradient_check.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

constexpr Index kClasses = 5;

double loss_reference(const std::vector<double>& logits, std::size_t label) {
    double sum = 0.0;
    for (const double logit : logits) {
        sum += std::exp(logit);
    }
    return std::log(sum) - logits[label];
}

}  // namespace

TEST_CASE("softmax_cross_entropy: losses and gradients are those of the formula in double") {
    Random random(16, "loss");
    const auto logits = random_floats(random, kClasses * kLanes);
    std::vector<std::uint8_t> labels;
    for (Index lane = 0; lane < kLanes - 2; ++lane) {
        labels.push_back(static_cast<std::uint8_t>(random.below(kClasses)));
    }
    auto losses = poisoned(kLanes);
    auto d_logits = poisoned(kClasses * kLanes);
    const Index correct = softmax_cross_entropy({.logits = logits,
                                                 .labels = labels,
                                                 .scale = 0.25F,
                                                 .losses = losses,
                                                 .d_logits = d_logits});
    Index expected_correct = 0;
    for (Index lane = 0; lane < kLanes; ++lane) {
        auto own = image_of_lane(flat_shape(kClasses), logits, lane);
        const auto own_gradient = image_of_lane(flat_shape(kClasses), d_logits, lane);
        if (lane >= kLanes - 2) {
            CHECK(losses[at(lane)] == 0.0F);
            CHECK(own_gradient == std::vector<double>(kClasses, 0.0));
            continue;
        }
        const std::size_t label = labels[at(lane)];
        expected_correct += std::ranges::max_element(own) - own.begin() == labels[at(lane)] ? 1 : 0;
        CHECK(static_cast<double>(losses[at(lane)]) ==
              doctest::Approx(loss_reference(own, label)).epsilon(1e-6));
        auto expected = numeric_gradient(own, [&] { return loss_reference(own, label) * 0.25; });
        CHECK(largest_difference(own_gradient, expected) < 1e-7);
    }
    CHECK(correct == expected_correct);
}

TEST_CASE("softmax_cross_entropy: stays finite on extreme scores") {
    std::vector<float> logits(at(2 * kLanes), 0.0F);
    logits[0] = 1e30F;  // lane 0: certain of class 0, which is right
    logits[1] = 1e4F;   // lane 1: certain of class 0, which is wrong
    logits[2] = -3e38F;
    std::vector<std::uint8_t> labels{0, 1, 1};
    auto losses = poisoned(kLanes);
    auto d_logits = poisoned(2 * kLanes);
    const Index correct = softmax_cross_entropy({.logits = logits,
                                                 .labels = labels,
                                                 .scale = 1.0F,
                                                 .losses = losses,
                                                 .d_logits = d_logits});
    CHECK(correct == 2);
    CHECK(losses[0] == 0.0F);
    CHECK(losses[1] == 1e4F);
    CHECK(losses[2] == 0.0F);
    for (const float value : d_logits) {
        CHECK(std::isfinite(value));
    }
    CHECK(d_logits[1] == 1.0F);
    CHECK(d_logits[at(kLanes + 1)] == -1.0F);
}

TEST_CASE("softmax_cross_entropy: a missing lane stays out even when it is not a number") {
    auto logits = poisoned(3 * kLanes);
    for (std::size_t c = 0; c < 3; ++c) {
        logits[c * at(kLanes)] = 1.0F;
    }
    const std::vector<std::uint8_t> labels{2};
    auto losses = poisoned(kLanes);
    auto d_logits = poisoned(3 * kLanes);
    CHECK(softmax_cross_entropy(
              {.logits = logits, .labels = labels, .losses = losses, .d_logits = d_logits}) == 0);
    CHECK(losses[0] == doctest::Approx(std::log(3.0)));
    for (Index lane = 1; lane < kLanes; ++lane) {
        CHECK(losses[at(lane)] == 0.0F);
        CHECK(d_logits[at(lane)] == 0.0F);
    }
}

TEST_CASE("softmax: probabilities are positive and add up to 1, in place too") {
    Random random(17, "softmax");
    auto values = random_floats(random, kClasses * kLanes);
    for (float& value : values) {
        value *= 50.0F;
    }
    auto probabilities = poisoned(kClasses * kLanes);
    softmax(values, probabilities);
    softmax(values, values);
    CHECK(values == probabilities);
    for (std::size_t lane = 0; lane < at(kLanes); ++lane) {
        double sum = 0.0;
        for (std::size_t c = 0; c < kClasses; ++c) {
            CHECK(probabilities[c * at(kLanes) + lane] >= 0.0F);
            sum += static_cast<double>(probabilities[c * at(kLanes) + lane]);
        }
        CHECK(sum == doctest::Approx(1.0).epsilon(1e-6));
    }
}

TEST_CASE("predict_classes: the first of equal scores") {
    std::vector<float> logits(at(3 * kLanes), 1.0F);
    logits[at(2 * kLanes + 3)] = 2.0F;
    std::vector<Index> classes(at(kLanes), -1);
    predict_classes(logits, classes);
    CHECK(classes[0] == 0);
    CHECK(classes[3] == 2);
}
