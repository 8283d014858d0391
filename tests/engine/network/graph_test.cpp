// Networks that are no chain: names of inputs, and what `add` and `concat` want of them.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network.h"
#include "engine/network/network_file.h"
#include "engine/network/shape_suggestions.h"

using namespace convoscope;

namespace {

std::string file_of(const std::string& layers) {
    return R"({"format": "convoscope/1", "input": [3, 8, 8], "layers": [)" + layers + "]}";
}

/// The message of the parser or of the network's construction; empty when all is well.
std::string refusal(const std::string& layers) {
    auto spec = parse_network_file(file_of(layers));
    if (!spec) {
        return spec.error().message;
    }
    const auto network = Network::build(std::move(*spec));
    return network ? "" : network.error().message;
}

void check_refused(const std::string& layers, const std::vector<std::string>& words) {
    const std::string message = refusal(layers);
    INFO(message);
    for (const std::string& word : words) {
        INFO(word);
        CHECK(message.find(word) != std::string::npos);
    }
}

/// Layers whose last one is a join of two branches with these shapes' attributes.
std::string branches(const std::string& a, const std::string& b, const std::string& join) {
    return R"({"name": "a", "type": "conv2d", "inputs": ["input"], )" + a +
           R"(}, {"name": "b", "type": "conv2d", "inputs": ["input"], )" + b +
           R"(}, {"name": "join", "type": ")" + join + R"(", "inputs": ["a", "b"]})";
}

const std::string kSame = R"("out_channels": 4, "kernel_size": 3, "padding": 1)";
const std::string kSmaller = R"("out_channels": 4, "kernel_size": 3)";
const std::string kMoreChannels = R"("out_channels": 6, "kernel_size": 3, "padding": 1)";

}  // namespace

TEST_CASE("graph: an input that does not exist is named, with what was probably meant") {
    check_refused(R"({"name": "conv", "type": "relu"}, {"type": "relu", "inputs": ["conf"]})",
                  {"layer 1", "\"conf\"", "no layer is called", "did you mean \"conv\""});
    check_refused(R"({"type": "relu", "inputs": ["imput"]})", {"did you mean \"input\""});
}

TEST_CASE("graph: an input that comes later, or is the layer itself, is told from a missing one") {
    check_refused(
        R"({"name": "a", "type": "add", "inputs": ["input", "b"]}, {"name": "b", "type": "relu"})",
        {"layer 0 (\"a\")", "\"b\" is layer 1", "comes later"});
    check_refused(R"({"name": "a", "type": "add", "inputs": ["input", "a"]})",
                  {"layer 0 (\"a\")", "own output"});
}

TEST_CASE("graph: a name is refused with the layer that has it already") {
    check_refused(R"({"name": "a", "type": "relu"}, {"name": "a", "type": "relu"})",
                  {"layer 1 (\"a\")", "layer 0", "unique"});
}

TEST_CASE("graph: a join wants two or more inputs, any other layer one") {
    check_refused(R"({"type": "add"})", {"inputs", "missing", "two or more"});
    check_refused(R"({"type": "concat", "inputs": ["input"]})", {"inputs", "two or more"});
    check_refused(R"({"type": "add", "inputs": ["input", 7]})", {"inputs", "names of layers"});
    check_refused(R"({"type": "relu", "inputs": ["input", "input"]})", {"inputs", "one input"});
}

TEST_CASE("graph: layers read values by name or, unnamed, by position") {
    const auto spec =
        parse_network_file(file_of(R"({"type": "relu"}, {"type": "relu", "inputs": ["input"]},
                   {"name": "sum", "type": "add", "inputs": ["1", "0", "input", "1"]})"));
    REQUIRE(spec.ok());
    CHECK(spec->layers[2].inputs == std::vector<Index>{2, 1, 0, 2});
}

TEST_CASE("graph: add refuses two shapes with both names and both shapes") {
    check_refused(branches(kSame, kSmaller, "add"),
                  {"layer 2 (\"join\")", "\"a\" is 4×8×8", "\"b\" is 4×6×6", "same shape"});
    check_refused(branches(kSame, kMoreChannels, "add"), {"\"a\" is 4×8×8", "\"b\" is 6×8×8"});
    check_refused(R"({"name": "flat", "type": "flatten"},
                     {"name": "join", "type": "add", "inputs": ["flat", "input"]})",
                  {"\"flat\" is 192", "\"input\" is 3×8×8"});
}

TEST_CASE("graph: concat refuses two heights or widths, and joins any channels") {
    check_refused(branches(kSame, kSmaller, "concat"),
                  {"\"a\" is 4×8×8", "\"b\" is 4×6×6", "same height and width"});
    auto spec = parse_network_file(file_of(branches(kSame, kMoreChannels, "concat")));
    REQUIRE(spec.ok());
    const auto network = Network::build(std::move(*spec));
    REQUIRE(network.ok());
    CHECK((*network)->output_shape().text() == "10×8×8");
}

TEST_CASE("graph: the changes that would make a join fit are said, and do") {
    check_refused(branches(kSame, kSmaller, "add"), {"padding 1 (now 0) in layer 1 (\"b\")"});
    check_refused(branches(kSame, kMoreChannels, "add"), {"out_channels 4 (now 6)"});
    for (const char* join : {"add", "concat"}) {
        const auto suggestions = suggest_fitting_shapes(file_of(branches(kSame, kSmaller, join)));
        REQUIRE_FALSE(suggestions.empty());
        for (const ShapeSuggestion& suggestion : suggestions) {
            INFO(suggestion.text);
            auto spec = parse_network_file(suggestion.file);
            REQUIRE(spec.ok());
            CHECK(Network::build(std::move(*spec)).ok());
        }
    }
}

TEST_CASE("graph: batch_norm2d wants a volume, and numbers in their ranges") {
    check_refused(R"({"type": "flatten"}, {"name": "bn", "type": "batch_norm2d"})",
                  {"layer 1 (\"bn\")", "volume", "192"});
    check_refused(R"({"type": "batch_norm2d", "momentum": 1.5})", {"momentum", "1.5", "0", "1"});
    check_refused(R"({"type": "batch_norm2d", "eps": -1})", {"eps", "-1"});
    check_refused(R"({"type": "batch_norm2d", "affine": 1})", {"affine", "true or false"});
    check_refused(R"({"type": "dropout", "p": 1.01})", {"p is 1.01"});
}
