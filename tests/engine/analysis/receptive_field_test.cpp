// Figures published with the Distill article (Araujo, Norris, Sim, 2019, and their library), and
// what counting pixel by pixel gives.

#include "engine/analysis/receptive_field.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/analysis/layer_reach.h"
#include "engine/analysis/output_size.h"
#include "engine/core/random.h"
#include "engine/network/network_file.h"
#include "tests/support/window_chain.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

using Pixels = std::array<std::int64_t, 2>;
using Numbers = std::array<double, 2>;

NetworkSpec parse(const std::string& layers) {
    auto spec = parse_network_file(
        R"({"format": "convoscope/1", "input": [1, 28, 28], "layers": [)" + layers + "]}");
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    return std::move(*spec);
}

/// The input rows that one row of a layer's output depends on directly, tap by tap.
std::set<std::int64_t> rows_before(const LayerAttributes& attributes, std::int64_t row) {
    const LayerReach reach = reach_of(attributes);
    const Window& window = reach.windows[0];
    if (reach.kind == LayerReach::Kind::position) {
        return {row};
    }
    std::set<std::int64_t> rows;
    for (Index tap = 0; tap < window.size; ++tap) {
        const std::int64_t reached = tap * window.dilation - window.padding_begin;
        if (reach.kind == LayerReach::Kind::window) {
            rows.insert(row * window.stride + reached);
        } else if ((row - reached) % window.stride == 0) {
            rows.insert((row - reached) / window.stride);
        }
    }
    return rows;
}

/// The rows of the network's input that one row of a value depends on.
std::set<std::int64_t> rows_by_counting(const NetworkSpec& spec, Index value, std::int64_t row) {
    if (value == 0) {
        return {row};
    }
    const LayerSpec& layer = spec.layers[static_cast<std::size_t>(value - 1)];
    std::set<std::int64_t> seen;
    for (const Index input : layer.inputs) {
        for (const std::int64_t position : rows_before(layer.attributes, row)) {
            seen.merge(rows_by_counting(spec, input, position));
        }
    }
    return seen;
}

LayerSpec transposed_layer(Index kernel, Index stride, Index padding, Index dilation, Index input) {
    return {.name = "up",
            .type = "conv_transpose2d",
            .inputs = {input},
            .attributes = ConvTranspose2dSpec{.kernel_height = kernel,
                                              .kernel_width = kernel,
                                              .stride_height = stride,
                                              .stride_width = stride,
                                              .padding_height = padding,
                                              .padding_width = padding,
                                              .dilation_height = dilation,
                                              .dilation_width = dilation}};
}

}  // namespace

TEST_CASE("receptive field: convolutions and pooling grow it, flatten ends it") {
    const auto fields = receptive_fields(parse(
        R"({"type": "conv2d", "out_channels": 6, "kernel_size": 5, "padding": 2},
           {"type": "max_pool2d", "kernel_size": 2},
           {"type": "conv2d", "out_channels": 16, "kernel_size": 5},
           {"type": "relu"}, {"type": "flatten"}, {"type": "linear", "out_features": 10})"));
    REQUIRE(fields[3].has_value());
    CHECK(fields[0]->size == Pixels{5, 5});
    CHECK(fields[0]->start == Numbers{0.5, 0.5});
    CHECK(fields[1]->size == Pixels{6, 6});
    CHECK(fields[1]->jump == Numbers{2, 2});
    CHECK(fields[1]->start == Numbers{1.0, 1.0});
    CHECK(fields[3]->size == Pixels{14, 14});
    CHECK(fields[3]->start == Numbers{5.0, 5.0});
    CHECK_FALSE(fields[4].has_value());
    CHECK_FALSE(fields[5].has_value());
}

TEST_CASE("receptive field: dilation widens, axes are apart") {
    const auto fields = receptive_fields(parse(
        R"({"type": "conv2d", "out_channels": 1, "kernel_size": [3, 1], "dilation": [4, 1],
            "stride": [2, 1]})"));
    CHECK(fields[0]->size == Pixels{9, 1});
    CHECK(fields[0]->jump == Numbers{2, 1});
    CHECK(fields[0]->start == Numbers{4.5, 0.5});
}

TEST_CASE("receptive field: kernels 3x5 and 3x1 of stride 2 see 7x5") {
    const auto fields = receptive_fields(parse(
        R"({"type": "conv2d", "out_channels": 1, "kernel_size": [3, 5], "stride": 2},
           {"type": "conv2d", "out_channels": 1, "kernel_size": [3, 1], "stride": 2})"));
    CHECK(fields[1]->size == Pixels{7, 5});
    CHECK(fields[1]->jump == Numbers{4, 4});
    CHECK(fields[1]->effective_padding(0) == 0.0);
    CHECK(fields[1]->effective_padding(1) == 0.0);
}

TEST_CASE("receptive field: the box of the article's example, layer by layer") {
    const NetworkSpec spec = chain({{3, 3, 1}, {2, 1, 0}});
    CHECK(input_box(spec, 2, 0, 0) == InputBox{.top = -1, .left = -1, .bottom = 5, .right = 5});
    CHECK(input_box(spec, 1, 1, 1) == InputBox{.top = 2, .left = 2, .bottom = 5, .right = 5});
    CHECK(input_box(spec, 0, 4, 7) == InputBox{.top = 4, .left = 7, .bottom = 5, .right = 8});
    CHECK(clipped(*input_box(spec, 2, 0, 0), {.channels = 1, .height = 4, .width = 9}) ==
          InputBox{.top = 0, .left = 0, .bottom = 4, .right = 5});
    CHECK_FALSE(input_box(parse(R"({"type": "flatten"})"), 1, 0, 0).has_value());
}

TEST_CASE("receptive field: two 3x3 see 5x5 and three see 7x7") {
    const auto fields = receptive_fields(chain({{3}, {3}, {3}}));
    CHECK(fields[1]->size == Pixels{5, 5});
    CHECK(fields[2]->size == Pixels{7, 7});
}

TEST_CASE("receptive field: centres of a deep network's features in the picture") {
    // inception_resnet_v2: its feature [0, 2] is centred at pixel [37, 101].
    ReceptiveField field{.size = {3039, 3039}, .jump = {32, 32}, .start = {37.5, 37.5}};
    CHECK(field.effective_padding(0) == 1482.0);
    CHECK(field.start[1] + 2 * field.jump[1] == 101.5);
}

TEST_CASE("receptive field: branches that agree are joined, the largest field wins") {
    const auto fields = receptive_fields(branches({{{1, 4}}, {{3, 2, 1}, {1, 2}}}));
    CHECK(fields.back()->aligned);
    CHECK(check_alignment(branches({{{1, 4}}, {{3, 2, 1}, {1, 2}}})).ok());
    CHECK(fields.back()->size == Pixels{3, 3});
    CHECK(fields.back()->jump == Numbers{4, 4});
    CHECK(fields.back()->effective_padding(0) == 1.0);
}

TEST_CASE("receptive field: branches whose jumps differ are not aligned") {
    const NetworkSpec spec = branches({{{5, 2, 2, 1}}, {{3}, {3}}});
    const auto fields = receptive_fields(spec);
    CHECK_FALSE(fields.back()->aligned);
    CHECK(
        check_alignment(spec).error().message ==
        "layer 3 (\"join\"): inputs are not aligned: \"window\" starts at [0.5, 0.5] and jumps by "
        "[2, 2], but \"window\" starts at [2.5, 2.5] and jumps by [1, 1]");
    CHECK(fields.back()->size == Pixels{5, 5});
    const Index join = static_cast<Index>(spec.layers.size());
    const auto seen = [&](Index column) {
        const auto box = input_box(spec, join, 0, column);
        return box->right - box->left;
    };
    CHECK(seen(1) == 6);
    CHECK(seen(2) == 5);
}

TEST_CASE("receptive field: whether SAME aligns depends on the input's size") {
    for (const auto& [input, aligned, padding] :
         {std::tuple<Index, bool, double>{9, true, 1.0}, {8, false, 0.0}}) {
        const auto same = cover(SizeConvention::same, {.size = 3, .stride = 2}, input, "width");
        const auto fields = receptive_fields(
            branches({{{1, 4}}, {{3, 2, same->padding_begin, same->padding_end}, {1, 2}}}));
        CHECK(fields.back()->aligned == aligned);
        CHECK(fields.back()->size == Pixels{3, 3});
        CHECK(fields.back()->jump == Numbers{4, 4});
        CHECK(fields.back()->effective_padding(0) == padding);
    }
}

TEST_CASE("receptive field: what comes after a join that is not aligned has no new fault") {
    NetworkSpec spec = branches({{{3, 1, 1, 1}}, {{2, 1, 1, 0}}});
    spec.layers.push_back(window_layer({1}, static_cast<Index>(spec.layers.size())));
    const auto fields = receptive_fields(spec);
    CHECK_FALSE(fields[2]->aligned);
    CHECK(fields[3]->aligned);
}

TEST_CASE("receptive field: boxes, sizes, jumps and centres are what counting finds") {
    Random random(7, "graphs");
    for (int trial = 0; trial < 200; ++trial) {
        const bool join = trial % 2 == 1;
        std::vector<std::vector<Step>> paths(join ? 2 : 1);
        for (std::vector<Step>& path : paths) {
            for (std::uint64_t layer = 0; layer <= random.below(3); ++layer) {
                path.push_back({.kernel = static_cast<Index>(1 + random.below(4)),
                                .stride = static_cast<Index>(1 + random.below(3)),
                                .padding = static_cast<Index>(random.below(3))});
            }
        }
        const NetworkSpec spec = join ? branches(paths) : chain(paths.front());
        const auto last = static_cast<Index>(spec.layers.size());
        const auto field = receptive_fields(spec).back();
        for (Index row = 0; row < 4; ++row) {
            const std::set<std::int64_t> rows = rows_by_counting(spec, last, row);
            const auto box = input_box(spec, last, row, 0);
            REQUIRE(box.has_value());
            CHECK(box->top == *rows.begin());
            CHECK(box->bottom == *rows.rbegin() + 1);
            if (field->aligned) {
                CHECK(box->bottom - box->top == field->size[0]);
                const auto centre = static_cast<double>(box->top + box->bottom) / 2.0;
                CHECK(centre == field->start[0] + static_cast<double>(row) * field->jump[0]);
            }
        }
    }
}

TEST_CASE("receptive field: through transposed convolutions, too, boxes are what counting finds") {
    Random random(8, "graphs");
    for (int trial = 0; trial < 200; ++trial) {
        NetworkSpec spec;
        for (Index layer = 0; layer < 3; ++layer) {
            const auto stride = static_cast<Index>(1 + random.below(3));
            const auto extra = static_cast<Index>(random.below(3));
            const auto padding = static_cast<Index>(random.below(2));
            const bool up = layer == static_cast<Index>(random.below(3));
            spec.layers.push_back(
                up ? transposed_layer(stride + extra, stride, padding, 1, layer)
                   : window_layer({.kernel = 1 + extra, .stride = stride, .padding = padding},
                                  layer));
        }
        std::int64_t largest = 0;
        for (Index row = 0; row < 64; ++row) {
            const std::set<std::int64_t> rows = rows_by_counting(spec, 3, row);
            const auto box = input_box(spec, 3, row, 0);
            REQUIRE(box.has_value());
            CHECK(box->top == *rows.begin());
            CHECK(box->bottom == *rows.rbegin() + 1);
            largest = std::max(largest, box->bottom - box->top);
        }
        CHECK(receptive_fields(spec).back()->size[0] == largest);
    }
}

TEST_CASE("receptive field: one transposed convolution with gaps between its taps, by counting") {
    for (Index kernel = 1; kernel <= 4; ++kernel) {
        for (Index stride = 1; stride <= 5; ++stride) {
            for (Index dilation = 1; dilation <= 4; ++dilation) {
                NetworkSpec spec;
                spec.layers.push_back(transposed_layer(kernel, stride, 1, dilation, 0));
                for (Index row = 0; row < 12; ++row) {
                    const std::set<std::int64_t> rows = rows_by_counting(spec, 1, row);
                    const auto box = input_box(spec, 1, row, 0);
                    CHECK(box->bottom - box->top ==
                          (rows.empty() ? 0 : *rows.rbegin() - *rows.begin() + 1));
                    CHECK((rows.empty() || box->top == *rows.begin()));
                }
            }
        }
    }
}

TEST_CASE("receptive field: a network that goes down and up again meets itself") {
    // As in a U-Net: pooling by 2, a convolution, a transposed one of 2 by 2, beside the way
    // across.
    NetworkSpec spec = chain({{3, 1, 1, 1}, {2, 2}, {3, 1, 1, 1}});
    spec.layers.push_back(transposed_layer(2, 2, 0, 1, 3));
    spec.layers.push_back(join_layer({1, 4}));
    const auto fields = receptive_fields(spec);
    CHECK(fields[3]->jump == Numbers{1, 1});
    CHECK(fields[3]->start == Numbers{0.5, 0.5});
    CHECK(fields[4]->aligned);
    CHECK(fields[4]->size == fields[2]->size);
    // Four by four with padding 1 goes up in the same way and sees more.
    spec.layers[3] = transposed_layer(4, 2, 1, 1, 3);
    CHECK(receptive_fields(spec)[4]->aligned);
    CHECK(receptive_fields(spec)[4]->size[0] == fields[2]->size[0] + 2);
}

TEST_CASE("receptive field: a thousand wide strides overflow nothing") {
    const NetworkSpec spec = chain(std::vector<Step>(1000, {16384, 16384, 16384, 16384}));
    CHECK(receptive_fields(spec).back()->size[0] == PositionSpan::kFarthest);
    CHECK(input_box(spec, 1000, 5, 5)->bottom == PositionSpan::kFarthest + 1);
}
