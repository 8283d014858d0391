// The networks of assets/presets/ against their published figures: parameters and multiplications
// of torchvision, the papers and convnet-burden, receptive fields of the Distill article's library
// and of the layer lists. Run from the repository's root.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "engine/analysis/summary.h"
#include "engine/core/window.h"
#include "engine/network/network.h"
#include "engine/network/network_file.h"

using namespace convoscope;

namespace {

const std::string kFolder = "assets/presets/";

NetworkSpec parse(const std::string& text) {
    auto spec = parse_network_file(text);
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    return std::move(*spec);
}

NetworkSpec preset(const std::string& name) {
    std::ifstream file(kFolder + name + ".json", std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "cannot read ", name);
    return parse({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
}

NetworkSummary summary_of(const NetworkSpec& spec) {
    auto summary = summarize(spec);
    REQUIRE_MESSAGE(summary.ok(), summary.error().message);
    return std::move(*summary);
}

const LayerSummary& layer_named(const NetworkSummary& summary, std::string_view name) {
    const auto found = std::ranges::find(summary.layers, name, &LayerSummary::name);
    REQUIRE_MESSAGE(found != summary.layers.end(), "no layer ", name);
    return *found;
}

struct Figures {
    const char* preset;
    std::int64_t parameters;
    std::int64_t multiply_accumulates;
};

constexpr std::array<Figures, 22> kFigures = {{
    {"lenet1", 3246, 136320},
    {"lenet5", 61706, 416520},
    {"lenet5-1998", 61706, 416520},
    {"lenet-300", 238510, 238200},
    {"lenet-300-100", 266610, 266200},
    {"convnetjs-mnist", 5994, 578560},
    {"convnetjs-cifar", 22466, 3920000},
    {"tiny-vgg", 19920, 5608780},
    {"alexnet", 60965224, 724406816},
    {"alexnet-torchvision", 61100840, 714188480},
    {"vgg11", 132863336, 7609090048},
    {"vgg16", 138357544, 15470264320},
    {"vgg19", 143667240, 19632062464},
    {"googlenet", 6998552, 1582671872},
    {"googlenet-torchvision", 6624904, 1498376192},
    {"resnet18", 11689512, 1814073344},
    {"resnet34", 21797672, 3663761408},
    {"resnet50", 25557032, 4089184256},
    {"resnet20-cifar", 272474, 40813184},
    {"wide-resnet16-2", 691674, 101106944},
    // Ours: counted by hand, convolutions and the last layer, two figures a channel of batch norm.
    {"cifar-quick", 61338, 3392128},
    {"cifar-residual", 390186, 15041792},
}};

/// A layer's field, jump and, where it is published, effective padding.
struct Field {
    const char* preset;
    const char* layer;
    std::int64_t size;
    double jump;
    double padding = -1.0;
};

constexpr Field kFields[] = {
    {"lenet5-1998", "c1", 5, 1, 0},
    {"lenet5-1998", "s2", 6, 2, 0},
    {"lenet5-1998", "c3", 14, 2, 0},
    {"lenet5-1998", "s4", 16, 4, 0},
    {"lenet5-1998", "c5", 32, 4, 0},
    {"tiny-vgg", "conv_1_1", 3, 1},
    {"tiny-vgg", "conv_1_2", 5, 1},
    {"tiny-vgg", "max_pool_1", 6, 2},
    {"tiny-vgg", "conv_2_1", 10, 2},
    {"tiny-vgg", "conv_2_2", 14, 2},
    {"tiny-vgg", "max_pool_2", 16, 4, 0},
    {"convnetjs-mnist", "conv1", 5, 1},
    {"convnetjs-mnist", "pool1", 6, 2},
    {"convnetjs-mnist", "conv2", 14, 2},
    {"convnetjs-mnist", "pool2", 18, 6},
    {"convnetjs-cifar", "conv1", 5, 1},
    {"convnetjs-cifar", "pool1", 6, 2},
    {"convnetjs-cifar", "conv2", 14, 2},
    {"convnetjs-cifar", "pool2", 16, 4},
    {"convnetjs-cifar", "conv3", 32, 4},
    {"convnetjs-cifar", "pool3", 36, 8},
    {"alexnet", "pool5", 195, 32, 64},
    {"alexnet-torchvision", "pool5", 195, 32, 66},
    {"vgg11", "pool5", 150, 32, 59},
    {"vgg16", "pool5", 212, 32, 90},
    {"googlenet", "1_conv", 7, 2},
    {"googlenet", "pool1", 11, 4},
    {"googlenet", "2_conv", 19, 4},
    {"googlenet", "pool2", 27, 8},
    {"googlenet", "inception3a", 59, 8},
    {"googlenet", "inception3b", 91, 8},
    {"googlenet", "pool3", 107, 16},
    {"googlenet", "inception4e", 427, 16},
    {"googlenet", "pool4", 459, 32},
    {"googlenet", "inception5b", 715, 32},
    {"googlenet-torchvision", "pool4", 251, 32},
    {"googlenet-torchvision", "inception5b", 379, 32},
    {"resnet18", "stem_conv", 7, 2},
    {"resnet18", "stem_pool", 11, 4},
    {"resnet18", "layer1_1_relu", 43, 4},
    {"resnet18", "layer2_1_relu", 99, 8},
    {"resnet18", "layer3_1_relu", 211, 16},
    {"resnet18", "layer4_1_relu", 435, 32, 217},
    {"resnet34", "layer1_2_relu", 59, 4},
    {"resnet34", "layer2_3_relu", 179, 8},
    {"resnet34", "layer3_5_relu", 547, 16},
    {"resnet34", "layer4_2_relu", 899, 32, 449},
    {"resnet50", "layer1_2_relu", 35, 4},
    {"resnet50", "layer2_3_relu", 91, 8},
    {"resnet50", "layer3_5_relu", 267, 16},
    {"resnet50", "layer4_2_relu", 427, 32, 213},
};

/// A network of bottlenecks for 224 x 224, as text. `paper`: the first 1x1 strides, not the 3x3.
std::string bottleneck_network(const std::array<int, 4>& blocks, bool paper) {
    std::string text = R"({"format": "convoscope/1", "input": [3, 224, 224], "layers": [)";
    std::string last = "input";
    const auto convolution = [&](const std::string& name, int channels, int kernel, int stride) {
        text += R"({"name": ")" + name + R"(", "type": "conv2d", "bias": false, "inputs": [")" +
                last + R"("], "out_channels": )" + std::to_string(channels) +
                R"(, "kernel_size": )" + std::to_string(kernel) + R"(, "stride": )" +
                std::to_string(stride) + R"(, "padding": )" + std::to_string(kernel / 2) +
                R"(}, {"name": ")" + name + R"(n", "type": "batch_norm2d"}, )";
        last = name + "n";
    };
    convolution("stem", 64, 7, 2);
    text +=
        R"({"name": "pool", "type": "max_pool2d", "kernel_size": 3, "stride": 2, "padding": 1}, )";
    last = "pool";
    for (std::size_t stage = 0; stage < 4; ++stage) {
        for (int block = 0; block < blocks[stage]; ++block) {
            const std::string name = "s" + std::to_string(stage) + "b" + std::to_string(block);
            const int width = 64 << stage;
            const int stride = stage > 0 && block == 0 ? 2 : 1;
            std::string shortcut = last;
            const std::string source = last;
            convolution(name + "c1", width, 1, paper ? stride : 1);
            convolution(name + "c2", width, 3, paper ? 1 : stride);
            convolution(name + "c3", 4 * width, 1, 1);
            if (block == 0) {
                const std::string end = last;
                last = source;
                convolution(name + "s", 4 * width, 1, stride);
                shortcut = last;
                last = end;
            }
            text += R"({"name": ")" + name + R"(", "type": "add", "inputs": [")" + last +
                    R"(", ")" + shortcut + R"("]}, )";
            last = name;
        }
    }
    return text + R"({"name": "mean", "type": "adaptive_avg_pool2d", "output_size": 1},
        {"name": "flat", "type": "flatten"}, {"name": "fc", "type": "linear", "out_features": 1000}]})";
}

}  // namespace

TEST_CASE("presets: every file has figures to come to, and each comes to them") {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        files += entry.path().extension() == ".json" ? 1 : 0;
    }
    CHECK(files == kFigures.size());
    for (const Figures& figures : kFigures) {
        CAPTURE(figures.preset);
        const NetworkSummary summary = summary_of(preset(figures.preset));
        CHECK(summary.parameters == figures.parameters);
        CHECK(summary.multiply_accumulates == figures.multiply_accumulates);
    }
}

TEST_CASE("presets: receptive fields are the published ones") {
    for (const Field& expected : kFields) {
        CAPTURE(expected.preset);
        CAPTURE(expected.layer);
        const NetworkSummary summary = summary_of(preset(expected.preset));
        const auto& field = layer_named(summary, expected.layer).field;
        REQUIRE(field.has_value());
        CHECK(field->size == std::array<std::int64_t, 2>{expected.size, expected.size});
        CHECK(field->jump == std::array<double, 2>{expected.jump, expected.jump});
        if (expected.padding >= 0.0) {
            CHECK(field->effective_padding(0) == expected.padding);
        }
    }
}

TEST_CASE("presets: every join of theirs is aligned") {
    for (const Figures& figures : kFigures) {
        for (const LayerSummary& layer : summary_of(preset(figures.preset)).layers) {
            CHECK((!layer.field || layer.field->aligned));
        }
    }
}

TEST_CASE("presets: maps of Tiny-VGG are 62, 60, 30, 28, 26 and 13 wide") {
    const NetworkSummary summary = summary_of(preset("tiny-vgg"));
    std::vector<Index> widths;
    for (const char* layer :
         {"conv_1_1", "conv_1_2", "max_pool_1", "conv_2_1", "conv_2_2", "max_pool_2"}) {
        widths.push_back(layer_named(summary, layer).output.width);
    }
    CHECK(widths == std::vector<Index>{62, 60, 30, 28, 26, 13});
}

TEST_CASE("cost: LeNet-5's layers, and its parameters as products") {
    const NetworkSummary summary = summary_of(preset("lenet5"));
    const auto cost = [&](const char* layer) { return layer_named(summary, layer).cost; };
    CHECK(cost("conv1").parameter_text == "6·1·5·5 + 6 = 156");
    CHECK(cost("conv2").parameter_text == "16·6·5·5 + 16 = 2416");
    CHECK(cost("fc1").parameter_text == "120·400 + 120 = 48120");
    CHECK(cost("fc2").parameters == 10164);
    CHECK(cost("fc3").parameters == 850);
    CHECK(cost("relu1").parameter_text.empty());
    CHECK(cost("conv1").multiply_accumulates == 117600);
    CHECK(cost("conv2").multiply_accumulates == 240000);
    CHECK(cost("fc1").multiply_accumulates == 48000);
    CHECK(cost("fc2").multiply_accumulates == 10080);
    CHECK(cost("fc3").multiply_accumulates == 840);
    CHECK(cost("conv1").activation_bytes() == 4 * 6 * 28 * 28);
    // A pooling of four cells; a convolution with its bias.
    CHECK(cost("pool1").flops == 4 * 6 * 14 * 14);
    CHECK(cost("conv1").flops == 2 * 117600 + 6 * 28 * 28);
}

TEST_CASE("cost: VGG-16 layer by layer, as CS231n lists it") {
    const NetworkSummary summary = summary_of(preset("vgg16"));
    std::vector<std::int64_t> multiplications;
    std::vector<std::int64_t> weights;
    std::int64_t convolutions = 0;
    std::int64_t flops_to_pool5 = 0;
    std::int64_t values = 3 * 224 * 224;
    bool before_classifier = true;
    for (const LayerSummary& layer : summary.layers) {
        before_classifier = before_classifier && layer.type != "flatten";
        flops_to_pool5 += before_classifier ? layer.cost.flops : 0;
        values += layer.type == "conv2d" || layer.type == "max_pool2d" || layer.type == "linear"
                      ? layer.cost.activations
                      : 0;
        if (layer.cost.parameters > 0) {
            multiplications.push_back(layer.cost.multiply_accumulates);
            weights.push_back(layer.cost.parameters - layer.output.channels);
        }
        convolutions += layer.type == "conv2d" ? layer.cost.multiply_accumulates : 0;
    }
    CHECK(multiplications == std::vector<std::int64_t>{86704128,
                                                       1849688064,
                                                       924844032,
                                                       1849688064,
                                                       924844032,
                                                       1849688064,
                                                       1849688064,
                                                       924844032,
                                                       1849688064,
                                                       1849688064,
                                                       462422016,
                                                       462422016,
                                                       462422016,
                                                       102760448,
                                                       16777216,
                                                       4096000});
    CHECK(weights == std::vector<std::int64_t>{1728,
                                               36864,
                                               73728,
                                               147456,
                                               294912,
                                               589824,
                                               589824,
                                               1179648,
                                               2359296,
                                               2359296,
                                               2359296,
                                               2359296,
                                               2359296,
                                               102760448,
                                               16777216,
                                               4096000});
    CHECK(convolutions == 15346630656);
    // The Distill library's 30.71 GFLOP.
    CHECK(flops_to_pool5 == 30712930304);
    // 58.1 MiB: CS231n's total of 93 MB is a slip, its lines add up to this.
    CHECK(values == 15237608);
}

TEST_CASE("cost: AlexNet's first convolution with and without sharing, after CS231n") {
    const LayerSummary conv1 = layer_named(summary_of(preset("alexnet")), "conv1");
    CHECK(conv1.output == Shape{.channels = 96, .height = 55, .width = 55});
    CHECK(conv1.cost.activations == 290400);
    CHECK(conv1.cost.parameters == 34944);
    CHECK(conv1.cost.parameter_text == "96·3·11·11 + 96 = 34944");
    CHECK(conv1.cost.activations * (conv1.cost.parameters / 96) == 105705600);
}

TEST_CASE("cost: VGG-16 over 384 pixels makes 12 x 12, and 6 x 6 scores as a convolution") {
    NetworkSpec spec = preset("vgg16");
    spec.input.height = 384;
    spec.input.width = 384;
    spec.layers.resize(31);
    const Shape features = summary_of(spec).layers.back().output;
    CHECK(features == Shape{.channels = 512, .height = 12, .width = 12});
    CHECK(*output_extent({.size = 7}, features.height, "height") == 6);
}

TEST_CASE("cost: three 3x3 convolutions have 27 C² weights where one 7x7 has 49 C²") {
    const auto weights = [](const std::string& layers) {
        return summary_of(parse(R"({"format": "convoscope/1", "input": [8, 9, 9], "layers": [)" +
                                layers + "]}"))
            .parameters;
    };
    const std::string three =
        R"({"type": "conv2d", "out_channels": 8, "kernel_size": 3, "bias": false})";
    CHECK(weights(three + "," + three + "," + three) == 27 * 64);
    CHECK(weights(R"({"type": "conv2d", "out_channels": 8, "kernel_size": 7, "bias": false})") ==
          49 * 64);
}

TEST_CASE("cost: residual networks of bottlenecks, torchvision's and the paper's strides") {
    constexpr std::array<int, 4> k50 = {3, 4, 6, 3};
    constexpr std::array<int, 4> k101 = {3, 4, 23, 3};
    constexpr std::array<int, 4> k152 = {3, 8, 36, 3};
    const auto check = [](const std::array<int, 4>& blocks,
                          bool paper,
                          std::int64_t parameters,
                          std::int64_t multiply_accumulates) {
        const NetworkSummary summary = summary_of(parse(bottleneck_network(blocks, paper)));
        CHECK(summary.parameters == parameters);
        CHECK(summary.multiply_accumulates == multiply_accumulates);
    };
    check(k50, false, 25557032, 4089184256);
    check(k50, true, 25557032, 3857973248);
    check(k101, false, 44549160, 7801405440);
    check(k101, true, 44549160, 7570194432);
    check(k152, false, 60192808, 11513626624);
    check(k152, true, 60192808, 11282415616);
}

TEST_CASE("summary: what is too large to be run is described all the same") {
    // 2 GB of parameters: refused where it would take memory, on 32 bits and on 64.
    const NetworkSpec spec = parse(
        R"({"format": "convoscope/1", "input": [1, 128, 128], "layers": [{"type": "flatten"},
            {"type": "linear", "out_features": 16000}, {"type": "linear", "out_features": 16000}]})");
    CHECK_FALSE(Network::build(spec).ok());
    CHECK(summary_of(spec).parameters == 16000LL * 16385 + 16000LL * 16001);
}

TEST_CASE("summary: the JSON of the contract") {
    const auto json = [](const std::string& layers) {
        return summary_json(summary_of(parse(
            R"({"format": "convoscope/1", "input": [2, 8, 6], "layers": [)" + layers + "]}")));
    };
    CHECK(json(R"({"name": "c", "type": "conv2d", "out_channels": 3, "kernel_size": [3, 1]},
                  {"type": "flatten"})") ==
          R"({"layers":[{"name":"c","type":"conv2d","output_shape":[3,6,6],"params":21,"macs":648,)"
          R"("receptive_field":[3,1],"jump":[1,1],"start":[1.5,0.5]},)"
          R"({"name":"1","type":"flatten","output_shape":[108],"params":0,"macs":0,)"
          R"("receptive_field":null,"jump":null,"start":null}],"params":21,"macs":648})");
    // A 1x1 and a 2x2 of stride 2: as large, but half a pixel apart.
    const std::string misaligned = json(
        R"({"name": "a", "type": "conv2d", "out_channels": 1, "kernel_size": 1, "stride": 2},
           {"name": "b", "type": "conv2d", "out_channels": 1, "kernel_size": 2, "stride": 2,
            "inputs": ["input"]},
           {"name": "sum", "type": "add", "inputs": ["a", "b"]}, {"name": "last", "type": "relu"})");
    CHECK(misaligned.find(
              R"({"name":"sum","type":"add","output_shape":[1,4,3],"params":0,"macs":0,)"
              R"("receptive_field":[2,2],"jump":[2,2],"start":[1,1],"aligned":false},)"
              R"({"name":"last","type":"relu","output_shape":[1,4,3],"params":0,"macs":0,)"
              R"("receptive_field":[2,2],"jump":[2,2],"start":[1,1]}])") != std::string::npos);
    // Up again after going down: fractions of a pixel.
    CHECK(json(R"({"name": "up", "type": "conv_transpose2d", "out_channels": 1, "kernel_size": 2,
                   "stride": 2})")
              .find(R"("receptive_field":[1,1],"jump":[0.5,0.5],"start":[0.25,0.25])") !=
          std::string::npos);
}
