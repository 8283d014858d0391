// The effective receptive field against cases that can be worked out, and against the exact boxes.

#include "engine/analysis/effective_field.h"

#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "engine/analysis/receptive_field.h"
#include "engine/network/network_file.h"
#include "tests/support/tiny_network.h"

using namespace convoscope;
using convoscope::tests::tiny_network;

namespace {

std::string convolutions(int count) {
    std::string layers;
    for (int index = 0; index < count; ++index) {
        layers += std::string(index == 0 ? "" : ", ") +
                  R"({"type": "conv2d", "out_channels": 1, "kernel_size": 3, "padding": 1})";
    }
    return layers;
}

void set_parameters(Network& network, float value) {
    for (float& parameter : network.parameters()) {
        parameter = value;
    }
    network.pack_all();
}

EffectiveField field_of(const Network& network, Index value, Index row, Index column) {
    auto field = effective_field(network, value, row, column);
    REQUIRE_MESSAGE(field.ok(), field.error().message);
    return std::move(*field);
}

double at(const EffectiveField& field, Index row, Index column) {
    return field.influence[static_cast<std::size_t>(row * field.width + column)];
}

}  // namespace

TEST_CASE("effective field: of two 3x3 convolutions of ones, the counts of the ways through") {
    const auto network = tiny_network("[1, 9, 9]", convolutions(2));
    set_parameters(*network, 1.0F);
    const EffectiveField field = field_of(*network, 2, 4, 4);
    const double ways[] = {0, 0, 1, 2, 3, 2, 1, 0, 0};
    for (Index row = 0; row < 9; ++row) {
        for (Index column = 0; column < 9; ++column) {
            CHECK(at(field, row, column) == doctest::Approx(ways[row] * ways[column]));
        }
    }
}

TEST_CASE("effective field: no pixel outside the exact box has influence, its corners have") {
    const auto network = tiny_network(
        "[2, 15, 12]",
        R"({"name": "a", "type": "conv2d", "out_channels": 3, "kernel_size": 3, "stride": 2},
                                  {"name": "b", "type": "conv2d", "out_channels": 3, "kernel_size": [3, 1], "padding": [1, 0]},
                                  {"name": "c", "type": "conv2d", "out_channels": 3, "kernel_size": 1, "inputs": ["a"]},
                                  {"name": "d", "type": "add", "inputs": ["b", "c"]}, {"type": "flatten"})");
    for (Index row = 0; row < 7; ++row) {
        const InputBox box = clipped(*input_box(network->spec(), 4, row, 2), network->shape(0));
        const EffectiveField field = field_of(*network, 4, row, 2);
        for (Index y = 0; y < field.height; ++y) {
            for (Index x = 0; x < field.width; ++x) {
                const bool inside =
                    y >= box.top && y < box.bottom && x >= box.left && x < box.right;
                CHECK((at(field, y, x) > 0.0) == inside);
            }
        }
    }
}

TEST_CASE("effective field: in a deep network the middle matters most") {
    const auto network = tiny_network("[1, 21, 21]", convolutions(8));
    set_parameters(*network, 0.1F);
    const EffectiveField field = field_of(*network, 8, 10, 10);
    CHECK(at(field, 10, 10) > 3.0 * at(field, 10, 14));
    CHECK(at(field, 10, 14) > 3.0 * at(field, 10, 18));
}

TEST_CASE("effective field: a cell that is not there is refused") {
    const auto network = tiny_network("[1, 5, 5]", convolutions(1));
    CHECK_FALSE(effective_field(*network, 0, 0, 0).ok());
    CHECK_FALSE(effective_field(*network, 2, 0, 0).ok());
    CHECK_FALSE(effective_field(*network, 1, 5, 0).ok());
    CHECK_FALSE(effective_field(*network, 1, 0, -1).ok());
}
