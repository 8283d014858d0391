// Figures published with the Distill article (Araujo, Norris, Sim, 2019, and their library), and
// what counting pixel by pixel gives.

#include "engine/analysis/receptive_field.h"

#include <array>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/analysis/layer_reach.h"
#include "engine/analysis/output_size.h"
#include "engine/core/random.h"
#include "engine/network/network_file.h"

using namespace convoscope;

namespace {

using Pixels = std::array<std::int64_t, 2>;
using Numbers = std::array<double, 2>;

NetworkSpec parse(const std::string& layers) {
    auto spec = parse_network_file(
        R"({"format": "convoscope/1", "input": [1, 28, 28], "layers": [)" + layers + "]}");
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    return std::move(*spec);
}

/// One window, the same along both axes.
struct Step {
    Index kernel;
    Index stride = 1;
    Index padding = 0;
    Index padding_end = 0;
};

LayerSpec window_layer(const Step& step, Index input) {
    return {.name = "window",
            .type = "conv2d",
            .inputs = {input},
            .attributes = Conv2dSpec{.kernel_height = step.kernel,
                                     .kernel_width = step.kernel,
                                     .stride_height = step.stride,
                                     .stride_width = step.stride,
                                     .padding_top = step.padding,
                                     .padding_bottom = step.padding_end,
                                     .padding_left = step.padding,
                                     .padding_right = step.padding_end}};
}

LayerSpec join_layer(std::vector<Index> inputs) {
    return {.name = "join", .type = "add", .inputs = std::move(inputs), .attributes = ReluSpec{}};
}

/// Each layer reads the one before.
NetworkSpec chain(const std::vector<Step>& steps) {
    NetworkSpec spec;
    for (const Step& step : steps) {
        spec.layers.push_back(window_layer(step, static_cast<Index>(spec.layers.size())));
    }
    return spec;
}

/// Chains from the input that meet in a join.
NetworkSpec branches(const std::vector<std::vector<Step>>& paths) {
    NetworkSpec spec;
    std::vector<Index> ends;
    for (const std::vector<Step>& path : paths) {
        Index before = 0;
        for (const Step& step : path) {
            spec.layers.push_back(window_layer(step, before));
            before = static_cast<Index>(spec.layers.size());
        }
        ends.push_back(before);
    }
    spec.layers.push_back(join_layer(ends));
    return spec;
}

void repeat(std::vector<Step>& steps, int times, std::initializer_list<Step> block) {
    for (int i = 0; i < times; ++i) {
        steps.insert(steps.end(), block);
    }
}

/// Field, jump and effective padding after a chain.
struct Figures {
    std::int64_t size;
    double jump;
    double padding;

    bool operator==(const Figures&) const = default;
};

std::vector<Figures> figures_of(const NetworkSpec& spec) {
    std::vector<Figures> figures;
    for (const auto& field : receptive_fields(spec)) {
        REQUIRE(field.has_value());
        figures.push_back({field->size[0], field->jump[0], field->effective_padding(0)});
    }
    return figures;
}

/// `blocks` bottlenecks a stage; strides on the convolution `strided` of the first block
/// (torchvision: 1, the 3x3; the paper: 0), or, where it is negative, of the last block's 3x3
/// (TF-Slim).
std::vector<Step> bottlenecks(std::array<int, 4> blocks, int strided) {
    std::vector<Step> steps = {{7, 2, 3}, {3, 2, 1}};
    for (std::size_t stage = 0; stage < 4; ++stage) {
        const bool last_one = strided < 0;
        for (int block = 0; block < blocks[stage]; ++block) {
            const bool strides =
                last_one ? stage < 3 && block + 1 == blocks[stage] : stage > 0 && block == 0;
            const Index stride = strides ? 2 : 1;
            steps.push_back({1, strided == 0 ? stride : 1, 0});
            steps.push_back({3, strided == 0 ? 1 : stride, 1});
            steps.push_back({1});
        }
    }
    return steps;
}

/// The input rows that one output row depends on, by following every tap.
std::set<std::int64_t> rows_by_counting(const NetworkSpec& spec, Index value, std::int64_t row) {
    if (value == 0) {
        return {row};
    }
    const LayerSpec& layer = spec.layers[static_cast<std::size_t>(value - 1)];
    const LayerReach reach = reach_of(layer.attributes);
    const Window& window = reach.windows[0];
    std::set<std::int64_t> before;
    if (reach.kind == LayerReach::Kind::position) {
        before = {row};
    }
    for (Index tap = 0; reach.kind == LayerReach::Kind::window && tap < window.size; ++tap) {
        before.insert(row * window.stride + tap * window.dilation - window.padding_begin);
    }
    std::set<std::int64_t> seen;
    for (const Index input : layer.inputs) {
        for (const std::int64_t position : before) {
            seen.merge(rows_by_counting(spec, input, position));
        }
    }
    return seen;
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
    const auto figures = figures_of(chain({{3}, {3}, {3}}));
    CHECK(figures[1].size == 5);
    CHECK(figures[2].size == 7);
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
    CHECK(fields.back()->size == Pixels{3, 3});
    CHECK(fields.back()->jump == Numbers{4, 4});
    CHECK(fields.back()->effective_padding(0) == 1.0);
}

TEST_CASE("receptive field: branches whose jumps differ are not aligned") {
    const NetworkSpec spec = branches({{{5, 2, 2, 1}}, {{3}, {3}}});
    const auto fields = receptive_fields(spec);
    CHECK_FALSE(fields.back()->aligned);
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

TEST_CASE("receptive field: AlexNet v2, layer by layer") {
    const auto figures = figures_of(
        chain({{11, 4}, {3, 2}, {5, 1, 2}, {3, 2}, {3, 1, 1}, {3, 1, 1}, {3, 1, 1}, {3, 2}}));
    const std::vector<Figures> expected = {{11, 4, 0},
                                           {19, 8, 0},
                                           {51, 8, 16},
                                           {67, 16, 16},
                                           {99, 16, 32},
                                           {131, 16, 48},
                                           {163, 16, 64},
                                           {195, 32, 64}};
    CHECK(figures == expected);
}

TEST_CASE("receptive field: VGG-16, layer by layer, and VGG-11") {
    std::vector<Step> vgg16;
    std::vector<Step> vgg11;
    for (const auto& [convolutions16, convolutions11] :
         {std::pair{2, 1}, {2, 1}, {3, 2}, {3, 2}, {3, 2}}) {
        repeat(vgg16, convolutions16, {{3, 1, 1}});
        repeat(vgg11, convolutions11, {{3, 1, 1}});
        repeat(vgg16, 1, {{2, 2}});
        repeat(vgg11, 1, {{2, 2}});
    }
    const std::vector<Figures> expected = {{3, 1, 1},
                                           {5, 1, 2},
                                           {6, 2, 2},
                                           {10, 2, 4},
                                           {14, 2, 6},
                                           {16, 4, 6},
                                           {24, 4, 10},
                                           {32, 4, 14},
                                           {40, 4, 18},
                                           {44, 8, 18},
                                           {60, 8, 26},
                                           {76, 8, 34},
                                           {92, 8, 42},
                                           {100, 16, 42},
                                           {132, 16, 58},
                                           {164, 16, 74},
                                           {196, 16, 90},
                                           {212, 32, 90}};
    CHECK(figures_of(chain(vgg16)) == expected);
    CHECK(figures_of(chain(vgg11)).back() == Figures{150, 32, 59});
}

TEST_CASE("receptive field: deep residual networks, and where they stride") {
    const auto last = [](std::array<int, 4> blocks, int strided) {
        return figures_of(chain(bottlenecks(blocks, strided))).back();
    };
    constexpr std::array<int, 4> k50 = {3, 4, 6, 3};
    constexpr std::array<int, 4> k101 = {3, 4, 23, 3};
    constexpr std::array<int, 4> k152 = {3, 8, 36, 3};
    CHECK(last(k50, 1) == Figures{427, 32, 213});
    CHECK(last(k50, 0) == Figures{483, 32, 241});
    CHECK(last(k101, 1) == Figures{971, 32, 485});
    CHECK(last(k101, 0) == Figures{1027, 32, 513});
    CHECK(last(k152, 1) == Figures{1451, 32, 725});
    CHECK(last(k152, 0) == Figures{1507, 32, 753});
}

TEST_CASE("receptive field: TF-Slim's residual networks, stride in the last unit") {
    const auto fields_after = [](std::array<int, 4> blocks) {
        const auto figures = figures_of(chain(bottlenecks(blocks, -1)));
        std::vector<std::pair<std::int64_t, double>> after;
        std::size_t index = 1;
        for (const int count : blocks) {
            index += 3 * static_cast<std::size_t>(count);
            after.emplace_back(figures[index].size, figures[index].jump);
        }
        return after;
    };
    const std::vector<std::pair<std::int64_t, double>> resnet50 = {
        {35, 8}, {99, 16}, {291, 32}, {483, 32}};
    CHECK(fields_after({3, 4, 6, 3}) == resnet50);
    CHECK(fields_after({3, 4, 23, 3}).back() == std::pair<std::int64_t, double>{1027, 32});
    CHECK(fields_after({3, 8, 36, 3}).back() == std::pair<std::int64_t, double>{1507, 32});
    CHECK(fields_after({3, 24, 36, 3}).back() == std::pair<std::int64_t, double>{1763, 32});
}

TEST_CASE("receptive field: MobileNet's depthwise convolutions count as others do") {
    std::vector<Step> steps = {{3, 2, 1}};
    for (const Index stride : {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1}) {
        steps.push_back({3, stride, 1});
        steps.push_back({1});
    }
    const Figures figures = figures_of(chain(steps)).back();
    CHECK(figures.size == 315);
    CHECK(figures.jump == 32);
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

TEST_CASE("receptive field: a thousand wide strides overflow nothing") {
    std::vector<Step> steps;
    repeat(steps, 1000, {{16384, 16384, 16384, 16384}});
    const auto field = receptive_fields(chain(steps)).back();
    CHECK(field->size[0] == PositionSpan::kFarthest);
    CHECK(input_box(chain(steps), 1000, 5, 5)->bottom == PositionSpan::kFarthest + 1);
}
