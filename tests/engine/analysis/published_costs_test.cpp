// Parameters, connections and multiplications of networks that are no presets, against what their
// papers, demos and libraries publish.

#include <array>
#include <bitset>
#include <vector>

#include <doctest/doctest.h>

#include "engine/analysis/summary.h"
#include "tests/support/network_sketch.h"

using namespace convoscope;
using convoscope::tests::Fit;
using convoscope::tests::NetworkSketch;

namespace {

using Value = NetworkSketch::Value;

constexpr Shape kPicture{.channels = 3, .height = 224, .width = 224};

NetworkSummary summary_of(const NetworkSketch& net) {
    auto summary = summarize(net.spec());
    REQUIRE_MESSAGE(summary.ok(), summary.error().message);
    return std::move(*summary);
}

/// Two operations a multiply-add, as the Distill article's library counts.
double gflop(const NetworkSketch& net) {
    return 2e-9 * static_cast<double>(summary_of(net).multiply_accumulates);
}

/// Which maps of S2 each map of C3 reads: table I of LeCun, Bottou, Bengio, Haffner, 1998, a bit
/// for each of the six, the first one lowest.
constexpr std::array<unsigned, 16> kTable = {0b000111,
                                             0b001110,
                                             0b011100,
                                             0b111000,
                                             0b110001,
                                             0b100011,
                                             0b001111,
                                             0b011110,
                                             0b111100,
                                             0b111001,
                                             0b110011,
                                             0b100111,
                                             0b011011,
                                             0b110110,
                                             0b101101,
                                             0b111111};

/// LeNet-5 as trained in 1998: map by map, as the table asks.
NetworkSketch lenet5_of_1998() {
    NetworkSketch net({.channels = 1, .height = 32, .width = 32});
    const Conv2dSpec biased{.bias = true};
    // A convolution, then the mean of four cells with a coefficient and a bias of its own.
    const auto one_map = [&](const Value& from) {
        const Value map = net.convolve(from, 1, 5, 1, Fit::valid, biased);
        return net.convolve(net.average_pool(map, 2, 2, Fit::valid), 1, 1, 1, Fit::valid, biased);
    };
    std::vector<Value> s2;
    for (int map = 0; map < 6; ++map) {
        s2.push_back(one_map(net.input()));
    }
    std::vector<Value> s4;
    for (const unsigned read : kTable) {
        std::vector<Value> maps;
        for (std::size_t map = 0; map < s2.size(); ++map) {
            if (std::bitset<6>(read).test(map)) {
                maps.push_back(s2[map]);
            }
        }
        s4.push_back(one_map(net.concatenate(maps)));
    }
    const Value c5 = net.convolve(net.concatenate(s4), 120, 5, 1, Fit::valid, biased);
    // The output's 84 numbers a class are fixed drawings of the digits.
    net.linear(net.linear(net.flatten(c5), 84), 10, false);
    return net;
}

/// Bottlenecks of TF-Slim: the last unit of a stage strides, and where channels stay the shortcut
/// only leaves pixels out.
NetworkSketch slim_resnet(const std::array<int, 4>& units) {
    NetworkSketch net(kPicture);
    Value value = net.max_pool(net.convolve(net.input(), 64, 7, 2), 3, 2, Fit::same);
    for (std::size_t stage = 0; stage < units.size(); ++stage) {
        const Index width = Index{64} << stage;
        for (int unit = 0; unit < units[stage]; ++unit) {
            const Index stride = stage < 3 && unit + 1 == units[stage] ? 2 : 1;
            Value shortcut = value;
            if (value.shape.channels != 4 * width) {
                shortcut = net.convolve(value, 4 * width, 1, stride);
            } else if (stride > 1) {
                shortcut = net.max_pool(value, 1, stride, Fit::same);
            }
            const Value inside = net.convolve(net.convolve(value, width, 1), width, 3, stride);
            value = net.add(net.convolve(inside, 4 * width, 1), shortcut);
        }
    }
    return net;
}

NetworkSketch mobilenet() {
    NetworkSketch net(kPicture);
    Value value = net.convolve(net.input(), 32, 3, 2);
    struct Block {
        Index channels;
        Index stride;
    };
    constexpr Block kBlocks[] = {{64, 1},
                                 {128, 2},
                                 {128, 1},
                                 {256, 2},
                                 {256, 1},
                                 {512, 2},
                                 {512, 1},
                                 {512, 1},
                                 {512, 1},
                                 {512, 1},
                                 {512, 1},
                                 {1024, 2},
                                 {1024, 1}};
    for (const auto& [channels, stride] : kBlocks) {
        const Index before = value.shape.channels;
        value =
            net.convolve(value, before, 3, stride, Fit::same, {.groups = before, .bias = false});
        value = net.convolve(value, channels, 1);
    }
    return net;
}

NetworkSketch alexnet_v2() {
    NetworkSketch net(kPicture);
    Value value = net.convolve(net.input(), 64, 11, 4, Fit::valid);
    value = net.convolve(net.max_pool(value, 3, 2, Fit::valid), 192, 5);
    value = net.convolve(net.max_pool(value, 3, 2, Fit::valid), 384, 3);
    value = net.convolve(net.convolve(value, 384, 3), 256, 3);
    net.max_pool(value, 3, 2, Fit::valid);
    return net;
}

}  // namespace

TEST_CASE("cost: LeNet-5 of 1998 has 60,000 trainable parameters and 340,908 connections") {
    const NetworkSummary summary = summary_of(lenet5_of_1998());
    CHECK(summary.parameters - 840 == 60000);
    std::int64_t connections = 0;
    bool after_pooling = false;
    for (const LayerSummary& layer : summary.layers) {
        const std::int64_t biases = layer.cost.flops - 2 * layer.cost.multiply_accumulates;
        if (layer.type == "avg_pool2d") {
            connections += layer.cost.flops;
        } else if (after_pooling) {  // the coefficient acts on the four cells that are counted
            connections += biases;
        } else if (layer.type != "concat" && layer.type != "flatten") {
            connections += layer.cost.multiply_accumulates + biases;
        }
        after_pooling = layer.type == "avg_pool2d";
    }
    CHECK(connections == 340908);
}

TEST_CASE("cost: GoogLeNet with both auxiliary classifiers has 13,378,280 parameters") {
    std::int64_t parameters = 6998552;  // of the preset, in presets_test.cpp
    for (const Index channels : {512, 528}) {
        NetworkSketch head({.channels = channels, .height = 14, .width = 14});
        const Value pooled = head.average_pool(head.input(), 5, 3, Fit::valid);
        const Value maps = head.convolve(pooled, 128, 1, 1, Fit::valid, Conv2dSpec{.bias = true});
        head.linear(head.linear(head.flatten(maps), 1024), 1000);
        parameters += summary_of(head).parameters;
    }
    CHECK(parameters == 13378280);
}

TEST_CASE("cost: Burn's MNIST demo counts 260,810 numbers, running statistics among them") {
    NetworkSketch net({.channels = 1, .height = 28, .width = 28});
    Value value = net.input();
    std::int64_t statistics = 0;
    for (int block = 0; block < 2; ++block) {
        value = net.convolve(value, 64, 3, 1, Fit::valid, Conv2dSpec{.bias = true});
        value = net.max_pool(net.normalize(value), 2, 2, Fit::valid);
        statistics += 2 * 64;
    }
    net.linear(net.linear(net.linear(net.flatten(value), 128), 128), 10);
    CHECK(summary_of(net).parameters + statistics == 260810);
}

TEST_CASE("cost: operations of the networks that the Distill article lists") {
    CHECK(gflop(alexnet_v2()) == doctest::Approx(1.38).epsilon(0.01));
    CHECK(gflop(mobilenet()) == doctest::Approx(1.14).epsilon(0.01));
    CHECK(gflop(slim_resnet({3, 4, 6, 3})) == doctest::Approx(6.96).epsilon(0.01));
    CHECK(gflop(slim_resnet({3, 4, 23, 3})) == doctest::Approx(14.39).epsilon(0.01));
    CHECK(gflop(slim_resnet({3, 8, 36, 3})) == doctest::Approx(21.81).epsilon(0.01));
    CHECK(gflop(slim_resnet({3, 24, 36, 3})) == doctest::Approx(28.80).epsilon(0.01));
}
