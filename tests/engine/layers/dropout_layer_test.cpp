#include "engine/layers/dropout_layer.h"

#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

constexpr Shape kShape{.channels = 8, .height = 32, .width = 32};

struct Pass {
    double p = 0.5;
    std::string_view name = "drop";
    BatchPosition position{.seed = 1, .step = 3};
    bool training = true;
};

/// What a dropout layer makes of ones, `[row][column][channel][lane]`.
std::vector<float> dropped(const Pass& pass, std::vector<std::byte>& saved) {
    const auto layer = make_dropout_layer({.p = pass.p}, kShape);
    const std::vector<float> ones(at(kShape.element_count() * kLanes), 1.0F);
    const std::span<const float> inputs[] = {ones};
    auto output = poisoned(kShape.element_count() * kLanes);
    saved.assign(at(layer->memory().saved_bytes), std::byte{});
    layer->forward({.inputs = inputs,
                    .output = output,
                    .parameters = {},
                    .packed = {},
                    .saved = saved,
                    .scratch = {},
                    .name = pass.name,
                    .position = pass.position,
                    .training = pass.training});
    return output;
}

std::vector<float> dropped(const Pass& pass) {
    std::vector<std::byte> saved;
    return dropped(pass, saved);
}

double kept_share(std::span<const float> output) {
    double kept = 0.0;
    for (const float value : output) {
        kept += value == 0.0F ? 0.0 : 1.0;
    }
    return kept / static_cast<double>(output.size());
}

/// How often two masks agree.
double agreement(std::span<const float> a, std::span<const float> b) {
    double same = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        same += (a[i] == 0.0F) == (b[i] == 0.0F) ? 1.0 : 0.0;
    }
    return same / static_cast<double>(a.size());
}

std::vector<float> lane_of(std::span<const float> output, Index lane) {
    std::vector<float> image;
    for (std::size_t i = at(lane); i < output.size(); i += at(kLanes)) {
        image.push_back(output[i]);
    }
    return image;
}

}  // namespace

TEST_CASE("dropout: a share of 1 - p is kept, scaled by 1/(1 - p)") {
    for (const double p : {0.1, 0.5, 0.8}) {
        const auto output = dropped({.p = p});
        // Four standard deviations of 65,536 or more coins.
        CHECK(std::abs(kept_share(output) - (1.0 - p)) < 4.0 * std::sqrt(p * (1.0 - p) / 65536.0));
        for (const float value : output) {
            const bool right =
                value == 0.0F || std::abs(static_cast<double>(value) * (1.0 - p) - 1.0) < 1e-6;
            REQUIRE(right);
        }
    }
}

TEST_CASE("dropout: p of 0 keeps all, p of 1 drops all, evaluation is the identity") {
    CHECK(kept_share(dropped({.p = 0.0})) == 1.0);
    CHECK(kept_share(dropped({.p = 1.0})) == 0.0);
    const auto evaluated = dropped({.p = 0.7, .training = false});
    CHECK(evaluated == std::vector<float>(evaluated.size(), 1.0F));
}

TEST_CASE("dropout: the same seed, step and name give the same mask, any other a different one") {
    const auto mask = dropped({});
    CHECK(dropped({}) == mask);
    const Pass others[] = {{.position = {.seed = 2, .step = 3}},
                           {.position = {.seed = 1, .step = 4}},
                           {.name = "drop2"}};
    for (const Pass& other : others) {
        // Independent coins agree half of the time.
        CHECK(std::abs(agreement(dropped(other), mask) - 0.5) < 0.01);
    }
}

TEST_CASE("dropout: every image has a mask of its own, by its position in the batch alone") {
    const auto first = dropped({});
    const auto second = dropped({.position = {.seed = 1, .step = 3, .first_image = 1}});
    CHECK(std::abs(agreement(lane_of(first, 0), lane_of(first, 1)) - 0.5) < 0.03);
    CHECK(lane_of(first, 1) == lane_of(second, 0));
}

TEST_CASE("dropout: neighbouring elements and channels are dropped independently") {
    const auto image = lane_of(dropped({}), 0);
    for (const std::size_t distance : {std::size_t{1}, std::size_t{8}, std::size_t{256}}) {
        const std::span all(image);
        const double same = agreement(all.subspan(distance), all.first(all.size() - distance));
        CHECK(std::abs(same - 0.5) < 0.03);
    }
}

TEST_CASE("dropout: the gradient goes through the mask of the forward pass") {
    std::vector<std::byte> saved;
    const auto output = dropped({.p = 0.3}, saved);
    const auto layer = make_dropout_layer({.p = 0.3}, kShape);
    const std::vector<float> ones(output.size(), 1.0F);
    auto d_input = poisoned(kShape.element_count() * kLanes);
    const std::span<float> d_inputs[] = {d_input};
    layer->backward({.inputs = {},
                     .output = output,
                     .d_output = ones,
                     .d_inputs = d_inputs,
                     .parameters = {},
                     .packed = {},
                     .saved = saved,
                     .scratch = {},
                     .training = true,
                     .d_parameters = {}});
    CHECK(d_input == output);
}
