// Figures of well-known networks, published with the Distill article (Araujo, Norris, Sim, 2019)
// and its library, as far as the layer lists give them; those with a preset are in
// presets_test.cpp.

#include <array>
#include <initializer_list>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/analysis/receptive_field.h"
#include "tests/support/window_chain.h"

using namespace convoscope;
using namespace convoscope::tests;

namespace {

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

}  // namespace

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

TEST_CASE("receptive field: TF-Slim's residual networks over 224 pixels, padding and all") {
    const auto padding_of = [](std::array<int, 4> blocks) {
        std::vector<Step> steps = bottlenecks(blocks, -1);
        steps[1] = {.kernel = 3, .stride = 2, .padding = 0, .padding_end = 1};  // SAME on 112
        return figures_of(chain(steps)).back().padding;
    };
    CHECK(padding_of({3, 4, 6, 3}) == 239);
    CHECK(padding_of({3, 4, 23, 3}) == 511);
    CHECK(padding_of({3, 8, 36, 3}) == 751);
    CHECK(padding_of({3, 24, 36, 3}) == 879);
}

TEST_CASE("receptive field: MobileNet's depthwise convolutions count as others do") {
    // SAME on even sizes: a stride of 2 pads the end alone.
    const auto depthwise = [](Index stride) {
        return Step{
            .kernel = 3, .stride = stride, .padding = stride == 1 ? 1 : 0, .padding_end = 1};
    };
    std::vector<Step> steps = {depthwise(2)};
    for (const Index stride : {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1}) {
        steps.push_back(depthwise(stride));
        steps.push_back({1});
    }
    CHECK(figures_of(chain(steps)).back() == Figures{315, 32, 126});
}
