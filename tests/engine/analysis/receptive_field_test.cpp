// The figures of LeNet-5 worked out by hand with the relations of Araujo, Norris, Sim (Distill
// 2019).

#include "engine/analysis/receptive_field.h"

#include <string>

#include <doctest/doctest.h>

#include "engine/network/network_file.h"

using namespace convoscope;

namespace {

NetworkSpec parse(const std::string& layers) {
    auto spec = parse_network_file(
        R"({"format": "convoscope/1", "input": [1, 28, 28], "layers": [)" + layers + "]}");
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    return std::move(*spec);
}

}  // namespace

TEST_CASE("receptive field: convolutions and pooling grow it, flatten ends it") {
    const auto fields = receptive_fields(parse(
        R"({"type": "conv2d", "out_channels": 6, "kernel_size": 5, "padding": 2},
           {"type": "max_pool2d", "kernel_size": 2},
           {"type": "conv2d", "out_channels": 16, "kernel_size": 5},
           {"type": "relu"}, {"type": "flatten"}, {"type": "linear", "out_features": 10})"));
    REQUIRE(fields[3].has_value());
    CHECK(fields[0]->size == std::array<Index, 2>{5, 5});
    CHECK(fields[0]->start == std::array<double, 2>{0.5, 0.5});
    CHECK(fields[1]->size == std::array<Index, 2>{6, 6});
    CHECK(fields[1]->jump == std::array<Index, 2>{2, 2});
    CHECK(fields[1]->start == std::array<double, 2>{1.0, 1.0});
    CHECK(fields[3]->size == std::array<Index, 2>{14, 14});
    CHECK(fields[3]->start == std::array<double, 2>{5.0, 5.0});
    CHECK_FALSE(fields[4].has_value());
    CHECK_FALSE(fields[5].has_value());
}

TEST_CASE("receptive field: dilation widens, axes are apart") {
    const auto fields = receptive_fields(parse(
        R"({"type": "conv2d", "out_channels": 1, "kernel_size": [3, 1], "dilation": [4, 1],
            "stride": [2, 1]})"));
    CHECK(fields[0]->size == std::array<Index, 2>{9, 1});
    CHECK(fields[0]->jump == std::array<Index, 2>{2, 1});
    CHECK(fields[0]->start == std::array<double, 2>{4.5, 0.5});
}
