// Nearest and most exciting images, against looking through all of them one by one.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include <doctest/doctest.h>

#include "engine/explain/exciting_images.h"
#include "engine/explain/nearest_images.h"
#include "tests/engine/explain/explain_support.h"
#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::tests;
using convoscope::test::tiny_dataset;

namespace {

const std::string kLayers =
    R"({"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3},
       {"name": "relu", "type": "relu"}, {"type": "flatten"},
       {"name": "hidden", "type": "linear", "out_features": 7}, {"name": "bend", "type": "tanh"},
       {"name": "fc", "type": "linear", "out_features": 3})";
constexpr Index kBend = 5;
constexpr Index kImages = 45;

std::vector<std::uint32_t> all_images() {
    std::vector<std::uint32_t> images(kImages);
    std::iota(images.begin(), images.end(), 0U);
    return images;
}

/// A value of every image, each by a pass of its own.
std::vector<std::vector<float>> values_of(const Probed& net, const Dataset& dataset, Index value) {
    std::vector<std::vector<float>> values;
    for (std::uint32_t image = 0; image < kImages; ++image) {
        dataset.fill_lanes(Split::train, std::span(&image, 1), net.probe->input());
        net.probe->forward();
        values.push_back(net.probe->value_of_lane(value));
    }
    return values;
}

}  // namespace

TEST_CASE("nearest images: those of the least distance in the last hidden layer, in order") {
    const Probed net = probed("[1, 6, 6]", kLayers);
    const auto dataset = tiny_dataset({kImages}, 30);
    REQUIRE(last_hidden_value(*net.network) == kBend);
    const auto features = values_of(net, *dataset, kBend);
    std::vector<std::tuple<double, std::uint32_t>> order;
    for (std::uint32_t image = 0; image < kImages; ++image) {
        double sum = 0.0;
        for (std::size_t i = 0; i < 7; ++i) {
            sum += std::pow(features[image][i] - features[11][i], 2.0);
        }
        order.emplace_back(std::sqrt(sum), image);
    }
    std::ranges::sort(order);
    NearestImages work({*net.probe, *dataset, Split::train, all_images()}, features[11], 9);
    while (!work.step()) {
    }
    REQUIRE(work.nearest().size() == 9);
    CHECK(work.progress() == 1.0);
    CHECK(work.nearest().front().image == 11);
    CHECK(work.nearest().front().distance == 0.0);
    for (std::size_t i = 0; i < 9; ++i) {
        CHECK(work.nearest()[i].image == std::get<1>(order[i]));
        CHECK(work.nearest()[i].distance == doctest::Approx(std::get<0>(order[i])).epsilon(1e-5));
    }
}

TEST_CASE("exciting images: those with the greatest number in a filter's map, and where") {
    const Probed net = probed("[1, 6, 6]", kLayers);
    const auto dataset = tiny_dataset({kImages}, 30);
    const auto maps = values_of(net, *dataset, 1);
    for (Index channel = 0; channel < 4; ++channel) {
        std::vector<std::tuple<float, std::uint32_t, Index>> order;
        for (std::uint32_t image = 0; image < kImages; ++image) {
            const auto first = maps[image].begin() + channel * 16;
            const auto greatest = std::max_element(first, first + 16);
            order.emplace_back(-*greatest, image, greatest - first);
        }
        std::ranges::sort(order);
        ExcitingImages work({*net.probe, *dataset, Split::train, all_images()}, 1, channel, 5);
        while (!work.step()) {
        }
        REQUIRE(work.found().size() == 5);
        for (std::size_t i = 0; i < 5; ++i) {
            const Excitement& found = work.found()[i];
            CHECK(found.activation == -std::get<0>(order[i]));
            CHECK(found.image == std::get<1>(order[i]));
            CHECK(found.row * 4 + found.column == std::get<2>(order[i]));
        }
    }
}
