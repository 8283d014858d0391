#include "engine/training/layer_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network_file.h"
#include "tests/support/tiny_data.h"

using namespace convoscope;
using namespace convoscope::test;

namespace {

std::unique_ptr<Network> make_network(const std::string& activation) {
    auto spec = parse_network_file(
        R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [
        {"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3},
        {"name": "act", "type": ")" +
        activation + R"("}, {"type": "flatten"},
        {"name": "fc", "type": "linear", "out_features": 3}]})");
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    auto network = Network::build(std::move(*spec));
    REQUIRE(network.ok());
    (*network)->initialize(3);
    return std::move(*network);
}

std::vector<LayerStatistics> measure(const Network& network, const StatisticsRequest& request) {
    auto probe = StatisticsProbe::create(network);
    REQUIRE(probe.ok());
    return (*probe)->measure(request);
}

std::vector<std::uint32_t> first_images(std::size_t count) {
    std::vector<std::uint32_t> images(count);
    std::iota(images.begin(), images.end(), 0U);
    return images;
}

}  // namespace

TEST_CASE("histogram_of: every number is in one bin, the ends in the outer ones") {
    const std::vector<float> values = {0.0F, 1.0F, 2.0F, 2.5F, 4.0F};
    const Histogram histogram = histogram_of(values, 4);
    CHECK(histogram.low == 0.0);
    CHECK(histogram.high == 4.0);
    CHECK(histogram.counts == std::vector<Index>{1, 1, 2, 1});
    CHECK(histogram_of(std::vector<float>(5, 3.0F), 3).counts == std::vector<Index>{5, 0, 0});
    CHECK(histogram_of({}, 2).counts == std::vector<Index>{0, 0});
}

TEST_CASE("statistics: a channel that no image wakes is dead") {
    const auto dataset = tiny_dataset({60}, 30);
    const auto network = make_network("relu");
    const NamedParameter& bias = *network->find_parameter("conv.bias");
    network->from_pytorch_order(
        bias, std::vector<float>{100.0F, -100.0F, 100.0F, -100.0F}, network->parameters());
    network->pack_all();
    const auto images = first_images(30);  // more than the lanes, not a multiple of them
    const auto layers =
        measure(*network, {.dataset = *dataset, .split = Split::test, .images = images});
    CHECK(layers[1].dead_share == 0.5);
    CHECK_FALSE(layers[0].dead_share.has_value());
    CHECK_FALSE(layers[1].saturated_share.has_value());
    CHECK(layers[0].output_mean == doctest::Approx(0.0).epsilon(1.0));
    CHECK(layers[0].output_norm == doctest::Approx(100.0).epsilon(0.05));
    CHECK(layers[1].output_mean == doctest::Approx(50.0).epsilon(0.05));
    CHECK(layers[1].parameter_count == 0);
    CHECK(layers[3].parameter_count > 0);
}

TEST_CASE("statistics: outputs near the ends of a squashing function are saturated") {
    const auto dataset = tiny_dataset({60}, 30);
    const auto network = make_network("sigmoid");
    network->from_pytorch_order(*network->find_parameter("conv.bias"),
                                std::vector<float>{50.0F, -50.0F, 50.0F, 0.0F},
                                network->parameters());
    network->pack_all();
    const auto images = first_images(10);
    const auto layers =
        measure(*network, {.dataset = *dataset, .split = Split::test, .images = images, .bins = 4});
    CHECK(layers[1].saturated_share == 0.75);
    CHECK(std::accumulate(layers[1].outputs.counts.begin(),
                          layers[1].outputs.counts.end(),
                          Index{0}) == 10 * 4 * 16);
}

TEST_CASE("statistics: norms of parameters, gradient and update") {
    const auto dataset = tiny_dataset({60}, 30);
    const auto network = make_network("tanh");
    const auto parameters = network->parameters();
    std::ranges::fill(parameters, 0.0F);
    parameters[0] = 3.0F;
    parameters[1] = 4.0F;
    std::vector<float> before(parameters.begin(), parameters.end());
    before[0] = 6.0F;
    before[1] = 8.0F;
    std::vector<float> gradient(parameters.size(), 0.0F);
    gradient[2] = -2.0F;
    network->pack_all();
    const auto images = first_images(1);
    const auto layers = measure(*network,
                                {.dataset = *dataset,
                                 .split = Split::test,
                                 .images = images,
                                 .gradient = gradient,
                                 .parameters_before = before});
    CHECK(layers[0].parameter_norm == doctest::Approx(5.0));
    CHECK(layers[0].gradient_norm.value_or(-1.0) == doctest::Approx(2.0));
    CHECK(layers[0].update_ratio.value_or(-1.0) == doctest::Approx(0.5));
    CHECK(layers[3].gradient_norm == 0.0);
    CHECK_FALSE(layers[3].update_ratio.has_value());
}
