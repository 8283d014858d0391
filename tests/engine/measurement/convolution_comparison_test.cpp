// The same convolution in many ways.

#include "engine/measurement/convolution_comparison.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "engine/measurement/scalar_convolution.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

/// A clock that moves a millisecond a look.
std::function<double()> ticking(double& now) {
    return [&now] { return now += 0.001; };
}

const ComparedConvolution& find(std::string_view name) {
    return *std::ranges::find(compared_convolutions(), name, &ComparedConvolution::name);
}

/// Small enough for a test, and one for Winograd's filtering.
ComparedConvolution small() {
    return {.name = "small",
            .in_channels = 8,
            .out_channels = 9,
            .size = 8,
            .kernel_size = 3,
            .padding = 1,
            .images = 20};
}

std::vector<ConvolutionRun> all_runs(const ComparedConvolution& convolution,
                                     const ConvolutionComparison::Options& options) {
    double now = 0.0;
    ConvolutionComparison comparison(convolution, options, ticking(now));
    while (comparison.run_next()) {
    }
    return {comparison.runs().begin(), comparison.runs().end()};
}

}  // namespace

TEST_CASE("scalar convolution: equals the definition, with stride, padding and dilation") {
    for (const Window& window :
         {Window{.size = 5},
          Window{.size = 3, .padding_begin = 1, .padding_end = 1},
          Window{.size = 3, .stride = 2, .padding_begin = 4, .padding_end = 4},
          Window{.size = 2, .padding_begin = 1, .dilation = 3}}) {
        const kernels::Conv2dGeometry g{
            .input = {.channels = 3, .height = 9, .width = 7},
            .output = {.channels = 4,
                       .height = output_extent(window, 9, "height").value(),
                       .width = output_extent(window, 7, "width").value()},
            .vertical = window,
            .horizontal = window};
        CAPTURE(g.output.text());
        Random random(3);
        const auto image = random_floats(random, g.input.element_count());
        const auto weights = random_floats(random, g.weight_count());
        auto output = poisoned(g.output.element_count());
        scalar_convolution(g, image, weights, output);
        std::vector<double> exact(output.size());
        kernels::reference::conv2d_forward(g, as_doubles(image), as_doubles(weights), {}, exact);
        CHECK(largest_difference(as_doubles(output), exact) < 2e-5);
    }
}

TEST_CASE("convolution comparison: every way agrees within its bound, and none is exact") {
    const auto runs = all_runs(small(), {.threads = 1});
    REQUIRE(runs.size() == 4);
    for (const ConvolutionRun& run : runs) {
        CAPTURE(name_of(run.way));
        REQUIRE(run.agreement);
        CHECK(run.agreement->greatest_difference > 0.0);
        CHECK(run.agreement->greatest_difference < run.agreement->bound);
        CHECK(run.agreement->bound < 1e-4);
    }
}

TEST_CASE("convolution comparison: threads change no bit") {
    int compared = 0;
    for (const ConvolutionRun& run : all_runs(small(), {.threads = 3})) {
        CHECK(run.identical.has_value() == (run.threads > 1));
        CHECK(run.identical.value_or(true));
        compared += run.identical ? 1 : 0;
    }
    CHECK(compared == 8);
}

TEST_CASE("convolution comparison: ways that do not apply and those not asked for are left out") {
    std::set<std::pair<std::string_view, int>> made;
    for (const ConvolutionRun& run :
         all_runs(find("lenet5"), {.threads = 2, .scalar = false, .check = false})) {
        made.insert({name_of(run.way), run.threads});
        CHECK(run.seconds > 0.0);
        CHECK_FALSE(run.agreement);
        CHECK_FALSE(run.identical);
    }
    CHECK(made == std::set<std::pair<std::string_view, int>>{
                      {"direct", 1}, {"direct", 2}, {"im2col", 1}, {"im2col", 2}});
}

TEST_CASE("compared convolutions: operations and sizes are those of their networks") {
    CHECK(find("lenet5").operations() == 2.0 * 64 * 16 * 10 * 10 * 6 * 25);
    CHECK(find("resnet20").operations() == 2.0 * 64 * 64 * 8 * 8 * 64 * 9);
    CHECK(find("vgg").operations() == 2.0 * 64 * 64 * 16 * 16 * 64 * 9);
    CHECK(way_applies(ConvolutionWay::winograd, find("vgg").geometry()));
    CHECK_FALSE(way_applies(ConvolutionWay::winograd, find("lenet5").geometry()));
}

TEST_CASE("compared threads: doubled up to as many as there are") {
    CHECK(compared_threads(1) == std::vector{1});
    CHECK(compared_threads(2) == std::vector{1, 2});
    CHECK(compared_threads(6) == std::vector{1, 2, 4, 6});
    CHECK(compared_threads(8) == std::vector{1, 2, 4, 8});
}
