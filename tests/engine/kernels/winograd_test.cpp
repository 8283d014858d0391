#include "engine/kernels/winograd.h"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/gather.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "engine/kernels/winograd_backward_weights.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

Conv2dGeometry geometry(const Shape& input,
                        Index out_channels,
                        Index padding_begin,
                        Index padding_end) {
    const Window window{.size = 3, .padding_begin = padding_begin, .padding_end = padding_end};
    return {.input = input,
            .output = {.channels = out_channels,
                       .height = output_extent(window, input.height, "height").value(),
                       .width = output_extent(window, input.width, "width").value()},
            .vertical = window,
            .horizontal = window};
}

/// Whole tiles and rests of each size, every padding, strips that end within a row of tiles, and
/// channels that fill neither registers nor blocks.
std::vector<Conv2dGeometry> cases() {
    std::vector<Conv2dGeometry> all{
        geometry({16, 8, 8}, 16, 1, 1),
        geometry({16, 24, 24}, 16, 1, 1),  // several strips
        geometry({19, 9, 10}, 17, 1, 1),
        geometry({3, 7, 11}, 5, 0, 0),
        geometry({1, 3, 3}, 1, 0, 0),  // one output
        geometry({1, 1, 1}, 1, 1, 1),  // one input
        geometry({4, 5, 6}, 7, 2, 2),
        geometry({5, 6, 5}, 4, 3, 4),  // windows wholly on padding
        geometry({2, 6, 6}, 33, 0, 2),
    };
    Conv2dGeometry lopsided = geometry({3, 6, 9}, 2, 1, 1);
    lopsided.horizontal.padding_begin = 2;
    lopsided.horizontal.padding_end = 0;
    all.push_back(lopsided);
    return all;
}

std::vector<double> in_pytorch_order(const Conv2dGeometry& g, const std::vector<float>& engine) {
    std::vector<double> result;
    for (Index out = 0; out < g.output.channels; ++out) {
        for (Index in = 0; in < g.input.channels; ++in) {
            for (Index cell = 0; cell < 9; ++cell) {
                result.push_back(
                    static_cast<double>(engine[at((out * 9 + cell) * g.input.channels + in)]));
            }
        }
    }
    return result;
}

/// One micro-batch and what the three kernels make of it, by Winograd's way and directly.
struct Run {
    Conv2dGeometry g;
    std::vector<float> input;
    std::vector<float> d_output;
    std::vector<float> weights;  // [oc][kh][kw][ic]
    std::vector<float> bias;

    explicit Run(const Conv2dGeometry& geometry) : g(geometry) {
        Random random(17, "winograd");
        input = random_floats(random, g.input.element_count() * kLanes);
        d_output = random_floats(random, g.output.element_count() * kLanes);
        weights = random_floats(random, g.weight_count());
        bias = random_floats(random, g.output.channels);
    }

    [[nodiscard]] std::vector<float> forward(std::span<const float> start) const {
        const WinogradPlan plan = plan_winograd_forward(g);
        auto panels = poisoned(plan.panel_floats());
        // In two shares, as two threads would.
        const Index half = std::ssize(plan.blocks) / 2;
        pack_winograd_forward(plan, {half, std::ssize(plan.blocks)}, weights, panels);
        pack_winograd_forward(plan, {0, half}, weights, panels);
        auto scratch = poisoned(plan.scratch_floats());
        auto output = poisoned(g.output.element_count() * kLanes);
        winograd_gather(plan, panels, start, input, scratch, output);
        return output;
    }
    [[nodiscard]] std::vector<float> backward_input() const {
        const WinogradPlan plan = plan_winograd_backward_input(g);
        auto panels = poisoned(plan.panel_floats());
        pack_winograd_backward_input(plan, {0, std::ssize(plan.blocks)}, weights, panels);
        auto scratch = poisoned(plan.scratch_floats());
        auto d_input = poisoned(g.input.element_count() * kLanes);
        winograd_gather(plan, panels, {}, d_output, scratch, d_input);
        return d_input;
    }
    [[nodiscard]] std::vector<float> backward_weights(float before) const {
        std::vector<float> d_weights(at(g.weight_count()), before);
        auto scratch = poisoned(winograd_backward_weights_scratch(g));
        winograd_backward_weights(g, input, d_output, scratch, d_weights);
        return d_weights;
    }

    [[nodiscard]] std::vector<float> direct_forward() const {
        const GatherPlan plan = plan_conv2d_forward(g);
        auto panels = poisoned(plan.panel_floats());
        pack_conv2d_forward(plan, {0, std::ssize(plan.blocks)}, weights, panels);
        auto output = poisoned(g.output.element_count() * kLanes);
        gather(plan, panels, {}, input, output);
        return output;
    }
    [[nodiscard]] std::vector<float> direct_backward_input() const {
        const GatherPlan plan = plan_conv2d_backward_input(g);
        auto panels = poisoned(plan.panel_floats());
        pack_conv2d_backward_input(plan, {0, std::ssize(plan.blocks)}, weights, panels);
        auto d_input = poisoned(g.input.element_count() * kLanes);
        gather(plan, panels, {}, d_output, d_input);
        return d_input;
    }
    [[nodiscard]] std::vector<float> direct_backward_weights() const {
        std::vector<float> d_weights(at(g.weight_count()), 0.0F);
        conv2d_backward_weights(g, input, d_output, d_weights);
        return d_weights;
    }

    [[nodiscard]] std::vector<double> exact_forward(Index lane,
                                                    std::span<const float> start) const {
        std::vector<double> expected(at(g.output.element_count()));
        reference::conv2d_forward(g,
                                  image_of_lane(g.input, input, lane),
                                  in_pytorch_order(g, weights),
                                  as_doubles(start),
                                  expected);
        return expected;
    }
    [[nodiscard]] std::vector<double> exact_backward_input(Index lane) const {
        std::vector<double> expected(at(g.input.element_count()));
        reference::conv2d_backward_input(
            g, in_pytorch_order(g, weights), image_of_lane(g.output, d_output, lane), expected);
        return expected;
    }
    [[nodiscard]] std::vector<double> exact_backward_weights(double before) const {
        std::vector<double> sum(at(g.weight_count()), before);
        std::vector<double> of_lane(sum.size());
        for (Index lane = 0; lane < kLanes; ++lane) {
            reference::conv2d_backward_weights(g,
                                               image_of_lane(g.input, input, lane),
                                               image_of_lane(g.output, d_output, lane),
                                               of_lane);
            for (std::size_t i = 0; i < sum.size(); ++i) {
                sum[i] += of_lane[i];
            }
        }
        return sum;
    }
};

double root_mean_square(std::span<const double> a, std::span<const double> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return std::sqrt(sum / static_cast<double>(a.size()));
}

// Sums of up to 171 products of numbers below 1, as in the direct kernels' test, where 2e-5 is
// allowed; the transforms lose up to four times as much.
constexpr double kTolerance = 8e-5;

}  // namespace

TEST_CASE("winograd: forward equals the reference in every lane and overwrites every output") {
    for (const Conv2dGeometry& g : cases()) {
        CAPTURE(g.output.text());
        const Run run(g);
        const auto output = run.forward(run.bias);
        const auto without_bias = run.forward({});
        for (Index lane = 0; lane < kLanes; ++lane) {
            CHECK(largest_difference(image_of_lane(g.output, output, lane),
                                     run.exact_forward(lane, run.bias)) < kTolerance);
            CHECK(largest_difference(image_of_lane(g.output, without_bias, lane),
                                     run.exact_forward(lane, {})) < kTolerance);
        }
    }
}

TEST_CASE("winograd: backward by input equals the reference in every lane, every cell") {
    for (const Conv2dGeometry& g : cases()) {
        CAPTURE(g.output.text());
        const Run run(g);
        const auto d_input = run.backward_input();
        for (Index lane = 0; lane < kLanes; ++lane) {
            CHECK(largest_difference(image_of_lane(g.input, d_input, lane),
                                     run.exact_backward_input(lane)) < kTolerance);
        }
    }
}

TEST_CASE("winograd: backward by weights adds the sum of all lanes' references") {
    for (const Conv2dGeometry& g : cases()) {
        CAPTURE(g.output.text());
        const Run run(g);
        // Up to 9216 products (24·24 cells of 16 lanes).
        CHECK(largest_difference(in_pytorch_order(g, run.backward_weights(0.5F)),
                                 run.exact_backward_weights(0.5)) < 8e-4);
    }
}

TEST_CASE("winograd: loses at most three times as much to rounding as the direct kernels") {
    // The points of winograd_transform.h lose 1.7 to 2.4 times as much; those of Lavin and Gray
    // four to five times, which this would find. The direct kernel of the weights' gradient sums
    // each lane for itself, which halves its own loss.
    for (const Index channels : {16, 32, 64}) {
        CAPTURE(channels);
        const Conv2dGeometry g = geometry({channels, 12, 12}, channels, 1, 1);
        const Run run(g);
        const auto compare = [](std::span<const double> winograd,
                                std::span<const double> direct,
                                std::span<const double> exact,
                                double ratio) {
            CHECK(root_mean_square(winograd, exact) < ratio * root_mean_square(direct, exact));
        };
        compare(image_of_lane(g.output, run.forward({}), 0),
                image_of_lane(g.output, run.direct_forward(), 0),
                run.exact_forward(0, {}),
                3.0);
        compare(image_of_lane(g.input, run.backward_input(), 0),
                image_of_lane(g.input, run.direct_backward_input(), 0),
                run.exact_backward_input(0),
                3.0);
        compare(in_pytorch_order(g, run.backward_weights(0.0F)),
                in_pytorch_order(g, run.direct_backward_weights()),
                run.exact_backward_weights(0.0),
                6.0);
    }
}

TEST_CASE("winograd: only for 3x3 kernels that step by one, with many channels and few rests") {
    CHECK(winograd_wins(geometry({8, 8, 8}, 8, 1, 1)));
    CHECK(winograd_wins(geometry({256, 8, 8}, 256, 1, 1)));
    CHECK_FALSE(winograd_wins(geometry({256, 8, 8}, 257, 1, 1)));
    CHECK_FALSE(winograd_wins(geometry({7, 8, 8}, 8, 1, 1)));
    CHECK_FALSE(winograd_wins(geometry({8, 8, 8}, 7, 1, 1)));
    CHECK_FALSE(winograd_wins(geometry({16, 5, 5}, 16, 1, 1)));  // 64 cells of tiles for 25
    Conv2dGeometry g = geometry({16, 8, 8}, 16, 1, 1);
    g.horizontal.dilation = 2;
    g.horizontal.padding_begin = g.horizontal.padding_end = 2;
    CHECK_FALSE(winograd_wins(g));
    g = geometry({16, 8, 8}, 16, 1, 1);
    g.vertical.size = 5;
    CHECK_FALSE(winograd_wins(g));
    g = geometry({16, 8, 8}, 16, 1, 1);
    g.vertical.stride = 2;
    CHECK_FALSE(winograd_wins(g));
    g = geometry({16, 8, 8}, 16, 1, 1);
    g.groups = 16;
    CHECK_FALSE(winograd_wins(g));
}
