#include "engine/kernels/max_pool2d.h"

#include <cmath>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/reference/max_pool2d_reference.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

Pool2dGeometry geometry(const Shape& input, const Window& vertical, const Window& horizontal) {
    return {.input = input,
            .output = {.channels = input.channels,
                       .height = output_extent(vertical, input.height, "height").value(),
                       .width = output_extent(horizontal, input.width, "width").value()},
            .vertical = vertical,
            .horizontal = horizontal};
}

Window window(Index size, Index stride, Index padding = 0, Index dilation = 1, bool ceil = false) {
    return {.size = size,
            .stride = stride,
            .padding_begin = padding,
            .padding_end = padding,
            .dilation = dilation,
            .ceil_mode = ceil};
}

std::vector<Pool2dGeometry> geometries() {
    return {
        geometry({3, 6, 8}, window(2, 2), window(2, 2)),
        geometry({2, 7, 5}, window(2, 2), window(2, 2)),  // a row and a column left over
        geometry({3, 9, 6}, window(3, 3), window(3, 3)),
        geometry({2, 11, 10}, window(3, 3), window(3, 3)),  // two rows and a column left over
        geometry({2, 9, 7}, window(2, 3), window(2, 3)),    // gaps between the windows
        geometry({2, 9, 7}, window(3, 2), window(3, 2)),    // overlapping, none over the edge
        geometry({2, 7, 8}, window(2, 3, 0, 3), window(2, 1, 0, 2)),
        geometry({2, 7, 5}, window(2, 2, 0, 1, true), window(2, 2, 0, 1, true)),
        geometry({5, 9, 8}, window(3, 2, 1), window(3, 1, 1)),  // overlapping, padded
        geometry({1, 9, 10}, window(3, 1, 1, 2), window(2, 3, 1, 3)),
        geometry({2, 5, 6}, window(1, 1), window(4, 3, 2)),
        geometry({1, 16, 16}, window(16, 1), window(16, 1)),  // 256 cells: bytes
        geometry({2, 17, 18}, window(17, 1), window(17, 1)),  // 289 cells: words
    };
}

}  // namespace

TEST_CASE("max_pool2d: forward and backward equal the reference, ties included, in every lane") {
    Random random(15, "pool");
    for (const Pool2dGeometry& g : geometries()) {
        CAPTURE(g.output.text());
        auto input = random_floats(random, g.input.element_count() * kLanes);
        for (float& value : input) {
            value = std::floor(value * 4.0F);  // eight different numbers: many ties
        }
        const auto d_output = random_floats(random, g.output.element_count() * kLanes);
        auto output = poisoned(g.output.element_count() * kLanes);
        auto d_input = poisoned(g.input.element_count() * kLanes);
        std::vector<std::byte> winners(output.size() * at(g.winner_bytes()), std::byte{0xff});
        max_pool2d_forward(g, input, output, winners);
        max_pool2d_backward(g, winners, d_output, d_input);
        for (Index lane = 0; lane < kLanes; ++lane) {
            std::vector<double> expected(at(g.output.element_count()));
            std::vector<Index> expected_winners(at(g.output.element_count()));
            std::vector<double> expected_d_input(at(g.input.element_count()));
            reference::max_pool2d_forward(
                g, image_of_lane(g.input, input, lane), expected, expected_winners);
            reference::max_pool2d_backward(
                g, expected_winners, image_of_lane(g.output, d_output, lane), expected_d_input);
            CHECK(image_of_lane(g.output, output, lane) == expected);
            // At most nine windows share a cell.
            CHECK(largest_difference(image_of_lane(g.input, d_input, lane), expected_d_input) <
                  1e-6);
        }
    }
}

TEST_CASE("max_pool2d: what is not a number wins, and minus infinity everywhere has a first cell") {
    const Pool2dGeometry g = geometry({1, 2, 2}, window(2, 2), window(2, 2));
    const float infinity = std::numeric_limits<float>::infinity();
    std::vector<float> input(at(4 * kLanes), -infinity);
    input[at(2 * kLanes + 1)] = std::numeric_limits<float>::quiet_NaN();
    input[at(3 * kLanes + 1)] = 7.0F;
    input[at(kLanes + 2)] = infinity;  // beside minus infinity: their sum is not a number
    auto output = poisoned(kLanes);
    std::vector<std::byte> winners(at(kLanes), std::byte{0xff});
    max_pool2d_forward(g, input, output, winners);
    CHECK(output[0] == -infinity);
    CHECK(winners[0] == std::byte{0});
    CHECK(std::isnan(output[1]));
    CHECK(winners[1] == std::byte{2});
    CHECK(output[2] == infinity);
    CHECK(winners[2] == std::byte{1});
}
