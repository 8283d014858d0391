#include "engine/network/shape_suggestions.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network.h"
#include "engine/network/network_file.h"

using namespace convoscope;

namespace {

std::string file_of(const std::string& input, const std::string& layers) {
    return R"({"format":"convoscope/1","input":)" + input + R"(,"layers":[)" + layers + "]}";
}

Result<std::unique_ptr<Network>> build(const std::string& file) {
    auto spec = parse_network_file(file);
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    return Network::build(std::move(*spec));
}

/// The suggestions for a file that does not fit, each of which is applied and seen to build.
std::vector<std::string> suggestions(const std::string& file) {
    CHECK_FALSE(build(file).ok());
    std::vector<std::string> texts;
    for (const ShapeSuggestion& suggestion : suggest_fitting_shapes(file)) {
        const auto changed = build(suggestion.file);
        CHECK_MESSAGE(changed.ok(), suggestion.text, " in ", suggestion.file);
        texts.push_back(suggestion.text);
    }
    return texts;
}

bool contains(const std::vector<std::string>& texts, const std::string& text) {
    INFO(text);
    for (const std::string& other : texts) {
        INFO(other);
        if (other == text) {
            return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("suggestions: a kernel too large asks for padding, a smaller kernel or a larger input") {
    const auto texts = suggestions(
        file_of("[1,4,4]", R"({"name":"big","type":"conv2d","out_channels":1,"kernel_size":5})"));
    CHECK(texts == std::vector<std::string>{"padding 1 (now 0)",
                                            "kernel_size 4 (now 5)",
                                            "the network's input [1,5,5] (now [1,4,4])"});
}

TEST_CASE("suggestions: one axis that does not fit is changed alone") {
    const auto texts = suggestions(file_of(
        "[1,4,9]", R"({"type":"conv2d","out_channels":1,"kernel_size":[5,5],"padding":[0,0]})"));
    CHECK(contains(texts, "padding [1,0] (now [0,0])"));
    CHECK(contains(texts, "kernel_size [4,5] (now [5,5])"));
}

TEST_CASE("suggestions: the dilated kernel counts") {
    const auto texts = suggestions(
        file_of("[1,6,6]", R"({"type":"conv2d","out_channels":1,"kernel_size":3,"dilation":3})"));
    CHECK(contains(texts, "padding 1 (now 0)"));
    CHECK(contains(texts, "dilation 2 (now 3)"));
}

TEST_CASE("suggestions: groups that do not divide get the nearest that do") {
    const auto texts = suggestions(
        file_of("[6,4,4]", R"({"type":"conv2d","out_channels":12,"kernel_size":1,"groups":4})"));
    CHECK(contains(texts, "groups 3 (now 4)"));
    const auto channels = suggestions(
        file_of("[6,4,4]", R"({"type":"conv2d","out_channels":13,"kernel_size":1,"groups":3})"));
    CHECK(contains(channels, "out_channels 12 (now 13)"));
}

TEST_CASE("suggestions: padding of a pooling window goes down, or its kernel up") {
    const auto texts =
        suggestions(file_of("[1,8,8]", R"({"type":"max_pool2d","kernel_size":3,"padding":2})"));
    CHECK(contains(texts, "padding 1 (now 2)"));
    CHECK(contains(texts, "kernel_size 4 (now 3)"));
}

TEST_CASE("suggestions: a linear layer on a volume wants a flatten layer") {
    const auto texts =
        suggestions(file_of("[2,3,3]", R"({"name":"fc","type":"linear","out_features":2})"));
    CHECK(texts == std::vector<std::string>{"a flatten layer before it"});
}

TEST_CASE("suggestions: a convolution after flatten wants it away") {
    const auto texts = suggestions(file_of(
        "[2,3,3]",
        R"({"name":"flat","type":"flatten"},{"type":"conv2d","out_channels":2,"kernel_size":3})"));
    CHECK(contains(texts, "no flatten in layer 0 (\"flat\")"));
}

TEST_CASE("suggestions: an image that has shrunk too far is traced to the layers before") {
    const std::string file =
        file_of("[1,8,8]",
                R"({"name":"a","type":"conv2d","out_channels":1,"kernel_size":3},
           {"name":"p","type":"max_pool2d","kernel_size":2},
           {"name":"q","type":"max_pool2d","kernel_size":2},
           {"name":"r","type":"max_pool2d","kernel_size":2}, {"type":"relu"})");
    const auto texts = suggestions(file);
    CHECK(contains(texts, "padding 1 (now 0)"));
    CHECK(contains(texts, "kernel_size 1 (now 2)"));
    CHECK(texts.size() == 3);
}

TEST_CASE("suggestions: stand in the one sentence that building answers") {
    const auto network = build(file_of(
        "[1,4,4]",
        R"({"type":"relu"},{"name":"big","type":"conv2d","out_channels":1,"kernel_size":5})"));
    REQUIRE_FALSE(network.ok());
    CHECK(network.error().message ==
          "layer 1 (\"big\"): the kernel covers 5 along the height, but the padded input has only "
          "4; it would fit with padding 1 (now 0), kernel_size 4 (now 5), or the network's input "
          "[1,5,5] (now [1,4,4])");
}

TEST_CASE("suggestions: where nothing small helps, none is made up") {
    CHECK(suggestions(file_of("[1,4,4]", R"({"type":"conv2d","out_channels":1,"kernel_size":999})"))
              .empty());
    CHECK(suggestions_text({}).empty());
}

TEST_CASE("suggestions: a file that fits needs none") {
    CHECK(suggest_fitting_shapes(file_of("[1,4,4]", R"({"type":"relu"})")).empty());
    CHECK(suggest_fitting_shapes("{").empty());
}
