#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/gather.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

struct Case {
    Shape input;
    Index out_channels = 1;
    Window vertical;
    Window horizontal;
    Index groups = 1;
};

Window window(Index size, Index stride = 1, Index padding = 0, Index dilation = 1) {
    return {.size = size,
            .stride = stride,
            .padding_begin = padding,
            .padding_end = padding,
            .dilation = dilation};
}

Conv2dGeometry geometry_of(const Case& c) {
    return {.input = c.input,
            .output = {.channels = c.out_channels,
                       .height = output_extent(c.vertical, c.input.height, "height").value(),
                       .width = output_extent(c.horizontal, c.input.width, "width").value()},
            .vertical = c.vertical,
            .horizontal = c.horizontal,
            .groups = c.groups};
}

/// Odd sizes, every number of rows in a block, strides beyond the kernel, padding beyond it too,
/// dilation with and without a common factor with the stride, groups, and each per axis.
std::vector<Case> cases() {
    std::vector<Case> all{
        {{1, 9, 7}, 6, window(5, 1, 2), window(5, 1, 2)},  // LeNet's first
        {{6, 7, 8}, 16, window(5), window(5)},             // its second
        {{3, 5, 5}, 2, window(5), window(5)},              // one output cell
        {{2, 1, 6}, 3, window(1), window(3, 1, 1)},        // one row
        {{2, 6, 1}, 3, window(3, 1, 1), window(1)},        // one column
        {{3, 8, 7}, 4, window(3, 2, 1), window(3, 2, 1)},  // stride
        {{3, 9, 11}, 4, window(2, 3), window(1, 3)},       // cells that no window covers
        {{2, 5, 4}, 3, window(3, 1, 4), window(2, 1, 3)},  // windows wholly on padding
        {{2, 5, 4}, 3, window(3, 2, 4), window(2, 3, 3)},  // the same, with stride
        {{3, 9, 10}, 5, window(3, 1, 2, 2), window(3, 1, 3, 3)},
        {{3, 9, 10}, 5, window(3, 2, 2, 2), window(3, 2, 3, 4)},
        {{3, 13, 12}, 5, window(3, 4, 3, 2), window(4, 3, 2, 2)},
        {{4, 6, 5}, 6, window(3, 1, 1), window(3, 1, 1), 2},
        {{5, 6, 5}, 5, window(3, 1, 1), window(3, 2, 1), 5},  // depthwise
        {{3, 6, 5}, 6, window(2, 2), window(3, 1, 0, 2), 3},  // depthwise, two outputs each
        {{2, 4, 4}, 26, window(3, 1, 1), window(1, 2)},
        {{7, 20, 21}, 13, window(3, 1, 1), window(3, 1, 1)},  // several bands of rows
    };
    for (Index out = 1; out <= 14; ++out) {
        all.push_back({{3, 4, 5}, out, window(2, 1, 1), window(3, 1, 1)});
        all.push_back({{out, 4, 5}, 2, window(3, 1, 1), window(2, 1, 1)});
    }
    Case lopsided{{2, 6, 7}, 3, window(4), window(4)};
    lopsided.vertical.padding_begin = 1;
    lopsided.vertical.padding_end = 2;
    lopsided.horizontal.padding_begin = 2;
    all.push_back(lopsided);
    return all;
}

/// Weights and one micro-batch for a case, as the kernels and as the references want them.
struct Numbers {
    std::vector<float> input;
    std::vector<float> d_output;
    std::vector<float> weights;  // [oc][kh][kw][ic]
    std::vector<float> bias;
    std::vector<double> pytorch_weights;  // [oc][ic][kh][kw]

    explicit Numbers(const Conv2dGeometry& g) {
        Random random(11, "conv2d");
        input = random_floats(random, g.input.element_count() * kLanes);
        d_output = random_floats(random, g.output.element_count() * kLanes);
        weights = random_floats(random, g.weight_count());
        bias = random_floats(random, g.output.channels);
        pytorch_weights = in_pytorch_order(g, weights);
    }

    static std::vector<double> in_pytorch_order(const Conv2dGeometry& g,
                                                const std::vector<float>& engine) {
        std::vector<double> result;
        for (Index out = 0; out < g.output.channels; ++out) {
            for (Index in = 0; in < g.group_in_channels(); ++in) {
                for (Index cell = 0; cell < g.kernel_cells(); ++cell) {
                    const Index place =
                        (out * g.kernel_cells() + cell) * g.group_in_channels() + in;
                    result.push_back(static_cast<double>(engine[at(place)]));
                }
            }
        }
        return result;
    }
};

// Sums of up to a few hundred products of numbers below 1, each rounded to 2^-24 of the sum.
constexpr double kTolerance = 2e-5;

}  // namespace

TEST_CASE("conv2d_forward: equals the reference in every lane and overwrites every output") {
    for (const Case& c : cases()) {
        const Conv2dGeometry g = geometry_of(c);
        CAPTURE(g.output.text());
        const Numbers numbers(g);
        const GatherPlan plan = plan_conv2d_forward(g);
        auto panels = poisoned(plan.panel_floats());
        pack_conv2d_forward(plan, {0, std::ssize(plan.blocks)}, numbers.weights, panels);
        auto output = poisoned(g.output.element_count() * kLanes);
        gather(plan, panels, numbers.bias, numbers.input, output);
        auto output_without_bias = poisoned(g.output.element_count() * kLanes);
        gather(plan, panels, {}, numbers.input, output_without_bias);
        for (Index lane = 0; lane < kLanes; ++lane) {
            const auto image = image_of_lane(g.input, numbers.input, lane);
            std::vector<double> expected(at(g.output.element_count()));
            reference::conv2d_forward(
                g, image, numbers.pytorch_weights, as_doubles(numbers.bias), expected);
            CHECK(largest_difference(image_of_lane(g.output, output, lane), expected) < kTolerance);
            reference::conv2d_forward(g, image, numbers.pytorch_weights, {}, expected);
            CHECK(largest_difference(image_of_lane(g.output, output_without_bias, lane), expected) <
                  kTolerance);
        }
    }
}

TEST_CASE("conv2d_backward_input: equals the reference in every lane and overwrites every cell") {
    for (const Case& c : cases()) {
        const Conv2dGeometry g = geometry_of(c);
        CAPTURE(g.output.text());
        const Numbers numbers(g);
        const GatherPlan plan = plan_conv2d_backward_input(g);
        auto panels = poisoned(plan.panel_floats());
        pack_conv2d_backward_input(plan, {0, std::ssize(plan.blocks)}, numbers.weights, panels);
        auto d_input = poisoned(g.input.element_count() * kLanes);
        gather(plan, panels, {}, numbers.d_output, d_input);
        for (Index lane = 0; lane < kLanes; ++lane) {
            std::vector<double> expected(at(g.input.element_count()));
            reference::conv2d_backward_input(g,
                                             numbers.pytorch_weights,
                                             image_of_lane(g.output, numbers.d_output, lane),
                                             expected);
            CHECK(largest_difference(image_of_lane(g.input, d_input, lane), expected) < kTolerance);
        }
    }
}

TEST_CASE("conv2d_backward_weights: adds the sum of all lanes' references") {
    for (const Case& c : cases()) {
        const Conv2dGeometry g = geometry_of(c);
        CAPTURE(g.output.text());
        const Numbers numbers(g);
        std::vector<float> d_weights(at(g.weight_count()), 0.5F);
        std::vector<float> d_bias(at(g.output.channels), 0.25F);
        conv2d_backward_weights(g, numbers.input, numbers.d_output, d_weights);
        conv2d_backward_bias(numbers.d_output, d_bias);
        std::vector<double> expected(at(g.weight_count()), 0.5);
        std::vector<double> expected_bias(at(g.output.channels), 0.25);
        std::vector<double> of_lane(at(g.weight_count()));
        std::vector<double> bias_of_lane(at(g.output.channels));
        for (Index lane = 0; lane < kLanes; ++lane) {
            const auto d_output = image_of_lane(g.output, numbers.d_output, lane);
            reference::conv2d_backward_weights(
                g, image_of_lane(g.input, numbers.input, lane), d_output, of_lane);
            reference::conv2d_backward_bias(g, d_output, bias_of_lane);
            for (std::size_t i = 0; i < expected.size(); ++i) {
                expected[i] += of_lane[i];
            }
            for (std::size_t i = 0; i < expected_bias.size(); ++i) {
                expected_bias[i] += bias_of_lane[i];
            }
        }
        const auto result = Numbers::in_pytorch_order(g, d_weights);
        // Up to 6720 products (20·21 cells of 16 lanes).
        CHECK(largest_difference(result, expected) < 2e-4);
        CHECK(largest_difference(as_doubles(d_bias), expected_bias) < 2e-4);
    }
}

TEST_CASE("conv2d: a lane that is not a number stays alone") {
    const Conv2dGeometry g = geometry_of({{3, 6, 6}, 5, window(3, 1, 1), window(3, 1, 1)});
    Numbers numbers(g);
    for (std::size_t i = 2; i < numbers.input.size(); i += at(kLanes)) {
        numbers.input[i] = std::numeric_limits<float>::quiet_NaN();
    }
    const GatherPlan plan = plan_conv2d_forward(g);
    std::vector<float> panels(at(plan.panel_floats()));
    pack_conv2d_forward(plan, {0, std::ssize(plan.blocks)}, numbers.weights, panels);
    std::vector<float> output(at(g.output.element_count() * kLanes));
    gather(plan, panels, numbers.bias, numbers.input, output);
    for (std::size_t i = 0; i < output.size(); ++i) {
        const bool poisoned_lane = i % at(kLanes) == 2;
        CHECK((output[i] != output[i]) == poisoned_lane);
    }
}

TEST_CASE("split_rows: fewest blocks, of near-equal size, that cover all rows once") {
    for (Index count = 0; count <= 130; ++count) {
        const auto blocks = split_rows(3, 3 + count);
        CHECK(std::ssize(blocks) == (count + kMaxBlockRows - 1) / kMaxBlockRows);
        Index next = 3;
        for (const RowBlock& block : blocks) {
            CHECK(block.begin == next);
            CHECK(block.rows <= blocks.front().rows);
            CHECK(block.rows >= blocks.front().rows - 1);
            next += block.rows;
        }
        CHECK(next == 3 + count);
    }
}
