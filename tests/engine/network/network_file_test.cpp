#include "engine/network/network_file.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace convoscope;

namespace {

std::string with_layers(const std::string& layers) {
    return R"({"format": "convoscope/1", "input": [3, 8, 8], "layers": [)" + layers + "]}";
}

std::string refusal(const std::string& text) {
    const auto spec = parse_network_file(text);
    return spec.ok() ? "" : spec.error().message;
}

void check_refused(const std::string& layers, const std::vector<std::string>& words) {
    const std::string message = refusal(with_layers(layers));
    INFO(layers);
    INFO(message);
    CHECK_FALSE(message.empty());
    for (const std::string& word : words) {
        INFO(word);
        CHECK(message.find(word) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("network file: attributes and defaults are PyTorch's") {
    const auto spec = parse_network_file(with_layers(
        R"({"name": "a", "type": "conv2d", "out_channels": 6, "kernel_size": [3, 5],
            "padding": [1, 2], "dilation": 2, "groups": 3, "bias": false},
           {"type": "max_pool2d", "kernel_size": 3},
           {"type": "flatten"}, {"type": "linear", "out_features": 4})"));
    REQUIRE(spec.ok());
    CHECK(spec->layers[0].name == "a");
    CHECK(spec->layers[1].name == "1");
    const auto& conv = std::get<Conv2dSpec>(spec->layers[0].attributes);
    CHECK(conv.kernel_height == 3);
    CHECK(conv.kernel_width == 5);
    CHECK(conv.padding_bottom == 1);
    CHECK(conv.padding_left == 2);
    CHECK(conv.stride_height == 1);
    CHECK(conv.dilation_width == 2);
    CHECK(conv.groups == 3);
    CHECK_FALSE(conv.bias);
    CHECK(std::get<MaxPool2dSpec>(spec->layers[1].attributes).stride_width == 3);
    CHECK(std::get<LinearSpec>(spec->layers[3].attributes).bias);
}

TEST_CASE("network file: 'same' puts the larger half of an odd padding at the end") {
    const auto spec = parse_network_file(with_layers(
        R"({"type": "conv2d", "out_channels": 1, "kernel_size": 4, "padding": "same"})"));
    REQUIRE(spec.ok());
    const auto& conv = std::get<Conv2dSpec>(spec->layers[0].attributes);
    CHECK(conv.padding_top == 1);
    CHECK(conv.padding_bottom == 2);
}

TEST_CASE("network file: errors name layer, attribute, value and what was expected") {
    check_refused(R"({"type": "relu"}, {"name": "c", "type": "conv2d", "out_channels": 4})",
                  {"layer 1 (\"c\")", "kernel_size", "missing"});
    check_refused(R"({"type": "conv2d", "out_channels": -4, "kernel_size": 3})",
                  {"layer 0 (\"0\")", "out_channels", "-4", "integer from 1"});
    check_refused(R"({"type": "conv2d", "out_channels": 4, "kernel_size": "big"})",
                  {"kernel_size", "big", "[height, width]"});
    check_refused(R"({"type": "conv2d", "out_channels": 4, "kernel_size": [3, 3, 3]})",
                  {"kernel_size"});
    check_refused(R"({"type": "conv2d", "out_channels": 1e9, "kernel_size": 3})",
                  {"out_channels", "16384"});
    check_refused(R"({"type": "conv2d", "out_channels": 2.5, "kernel_size": 3})",
                  {"out_channels", "2.5"});
    check_refused(R"({"type": "linear", "out_features": 4, "bias": 1})", {"bias", "true or false"});
    check_refused(R"({"type": "conv9d"})", {"type", "conv9d"});
    check_refused(R"({"name": "x"})", {"type", "missing"});
    check_refused(R"({"type": "relu", "slope": 2})", {"slope", "unknown"});
    check_refused(R"(7)", {"layer 0"});
    check_refused("", {"layers"});
}

TEST_CASE("network file: padding that convolutions do not know is refused") {
    check_refused(
        R"({"type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding_mode": "odd"})",
        {"padding_mode", "odd", "reflect"});
    check_refused(
        R"({"type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": "same", "stride": 2})",
        {"padding", "same", "stride"});
}

TEST_CASE("network file: a misspelt type or attribute is answered with the one meant") {
    check_refused(R"({"type": "Conv2D", "out_channels": 4, "kernel_size": 3})",
                  {"type is \"Conv2D\" (did you mean \"conv2d\"?)"});
    check_refused(R"({"type": "conv2d", "out_channels": 4, "kernel_size": 3, "pading": 1})",
                  {"unknown attribute \"pading\" (did you mean \"padding\"?)"});
    check_refused(R"({"type": "conv2d", "out_channels": 4, "kernel_size": 3, "kernel_size": 5})",
                  {"\"kernel_size\" is there twice"});
}

TEST_CASE("network file: a wrong list of layers is quoted") {
    const auto head = [](const std::string& rest) {
        return refusal(R"({"format": "convoscope/1", "input": [1, 1, 1])" + rest + "}");
    };
    CHECK(head("") == "network: layers is missing; expected a list of 1 to 1000 layers");
    CHECK(head(R"(, "layers": [])") ==
          "network: layers has 0 entries; expected a list of 1 to 1000 layers");
    CHECK(head(R"(, "layers": {"a": 1})") ==
          "network: layers is {\"a\":1}; expected a list of 1 to 1000 layers");
}

TEST_CASE("network file: names are unique, without dots, and no number but the position") {
    check_refused(R"({"name": "a", "type": "relu"}, {"name": "a", "type": "relu"})",
                  {"layer 1", "unique"});
    check_refused(R"({"name": "a.b", "type": "relu"})", {"a.b", "."});
    check_refused(R"({"name": "7", "type": "relu"})", {"number"});
    check_refused(R"({"name": "", "type": "relu"})", {"name"});
    check_refused(R"({"name": "input", "type": "relu"})", {"input"});
    CHECK(parse_network_file(with_layers(R"({"name": "0", "type": "relu"})")).ok());
}

TEST_CASE("network file: inputs name earlier values, and every output is read") {
    check_refused(R"({"type": "relu", "inputs": ["later"]}, {"name": "later", "type": "relu"})",
                  {"inputs", "later"});
    check_refused(R"({"type": "relu", "inputs": ["input", "input"]})", {"inputs"});
    check_refused(R"({"name": "dead", "type": "relu"}, {"type": "relu", "inputs": ["input"]})",
                  {"dead", "reads"});
    const auto spec = parse_network_file(with_layers(
        R"({"name": "a", "type": "relu", "inputs": ["input"]}, {"type": "relu", "inputs": ["a"]})"));
    REQUIRE(spec.ok());
    CHECK(spec->layers[1].inputs == std::vector<Index>{1});
}

TEST_CASE("network file: the head is checked") {
    CHECK_FALSE(refusal("").empty());
    CHECK_FALSE(refusal("{").empty());
    CHECK_FALSE(refusal("[]").empty());
    CHECK_FALSE(refusal(std::string(200000, '[')).empty());
    CHECK_FALSE(refusal(std::string((1 << 20) + 1, ' ')).empty());
    CHECK(refusal(R"({"format": "x", "input": [1, 1, 1], "layers": [{"type": "relu"}]})")
              .find("convoscope/1") != std::string::npos);
    CHECK(refusal(R"({"format": "convoscope/1", "input": [1, 0, 1], "layers": [{"type": "relu"}]})")
              .find("input") != std::string::npos);
    CHECK(refusal(R"({"format": "convoscope/1", "input": [1, 2, 1], "layers": [{"type": "relu"}],
                      "colour": 1})")
              .find("colour") != std::string::npos);
}
