#include "engine/exchange/export.h"

#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "engine/exchange/network_description.h"
#include "engine/exchange/python/python_text.h"
#include "engine/exchange/safetensors.h"
#include "engine/network/network_file.h"
#include "tests/support/tiny_network.h"

using namespace convoscope;
using convoscope::tests::tiny_network;

namespace {

std::string code(const Network& network, ExportFormat format) {
    const auto file = export_network(network, format);
    REQUIRE_MESSAGE(file.ok(), file.error().message);
    return {reinterpret_cast<const char*>(file->data()), file->size()};
}

void check_says(const std::string& text, const std::string& words) {
    INFO(text);
    INFO(words);
    CHECK(text.find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("export: formats have names, and a slip is helped") {
    CHECK(*parse_export_format("keras") == ExportFormat::keras);
    CHECK(parse_export_format("PyTorch").error().message.find("did you mean \"pytorch\"") !=
          std::string::npos);
}

TEST_CASE("export: safetensors hold the weights") {
    const auto network = tiny_network(
        "[1,2,2]", R"({"type":"flatten"},{"name":"fc","type":"linear","out_features":3})");
    network->initialize(1);
    const auto file = export_network(*network, ExportFormat::safetensors);
    REQUIRE(file.ok());
    const auto tensors = read_safetensors(*file, "w");
    REQUIRE(tensors.ok());
    CHECK(find_tensor(*tensors, "fc.weight")->shape == std::vector<Index>{3, 4});
}

TEST_CASE("export: a chain without names is a plain nn.Sequential") {
    const auto network = tiny_network(
        "[3,8,8]",
        R"({"type":"conv2d","out_channels":4,"kernel_size":[3,5],"padding":"same","bias":false},
           {"type":"relu"})");
    const std::string text = code(*network, ExportFormat::pytorch);
    check_says(text,
               "model = nn.Sequential(\n"
               "    nn.Conv2d(3, 4, kernel_size=(3, 5), padding=\"same\", bias=False),  # 4×8×8\n"
               "    nn.ReLU(),  # 4×8×8\n)\n");
    CHECK(text.find("OrderedDict") == std::string::npos);
}

TEST_CASE("export: running statistics are weights to load, even without parameters") {
    const auto network = tiny_network("[3,8,8]", R"({"type":"batch_norm2d","affine":false})");
    check_says(code(*network, ExportFormat::pytorch), "def load_weights(model, path):");
}

TEST_CASE("export: a name that a PyTorch module has for itself is refused") {
    const auto network = tiny_network("[1,4,4]", R"({"name":"forward","type":"relu"})");
    const auto file = export_network(*network, ExportFormat::pytorch);
    REQUIRE_FALSE(file.ok());
    check_says(file.error().message, "layer 0 (\"forward\"): name is \"forward\"");
    CHECK(export_network(*network, ExportFormat::keras).ok());
}

TEST_CASE("export: text from the file cannot leave its quotes") {
    auto spec = parse_network_file(
        "{\"format\":\"convoscope/1\",\"name\":\"a\\\"\\\"\\\"\\nimport os\",\"input\":[1,2,2],"
        "\"layers\":[{\"name\":\"q\\\"x\\\\\",\"type\":\"relu\"}]}");
    REQUIRE(spec.ok());
    auto network = Network::build(std::move(*spec));
    REQUIRE(network.ok());
    const std::string text = code(**network, ExportFormat::pytorch);
    check_says(text, "\"\"\"a    import os, made");
    check_says(text, R"(("q\"x\\", nn.ReLU()))");
}

TEST_CASE("export: Keras gets padding as layers of its own, and features in our order") {
    const auto network = tiny_network(
        "[3,8,9]",
        R"({"name":"c","type":"conv2d","out_channels":4,"kernel_size":3,"padding":[1,2],
            "stride":[2,1]},
           {"type":"max_pool2d","kernel_size":3,"padding":1,"ceil_mode":true},{"type":"flatten"})");
    const std::string text = code(*network, ExportFormat::keras);
    check_says(text, "keras.Input((8, 9, 3))");
    check_says(text,
               "    layers.ZeroPadding2D((1, 2)),\n"
               "    layers.Conv2D(4, 3, strides=(2, 1), name=\"c\"),  # 4×11×4\n");
    check_says(
        text,
        "keras.ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=float(\"-inf\"))");
    check_says(text, "layers.Permute((3, 1, 2)),\n    layers.Flatten(),");
}

TEST_CASE("network description: 'same' and ceil_mode become numbers") {
    const auto network =
        tiny_network("[1,5,5]",
                     R"({"type":"conv2d","out_channels":1,"kernel_size":4,"padding":"same"},
           {"type":"max_pool2d","kernel_size":2,"ceil_mode":true})");
    const NetworkDescription description = describe_network(*network);
    CHECK(padding_of(description.layers[0]) ==
          Margins{.top = 1, .bottom = 2, .left = 1, .right = 2});
    CHECK(ceil_padding_of(description.layers[1]) ==
          Margins{.top = 0, .bottom = 1, .left = 0, .right = 1});
    CHECK(description.is_chain());
}

TEST_CASE("Python text: literals, identifiers and variables") {
    using nlohmann::json;
    CHECK(python_literal(json::parse("[3, 5.0]")) == "(3, 5)");
    CHECK(python_literal(json::parse("[null, 3]")) == "(None, 3)");
    CHECK(python_literal(json(true)) == "True");
    CHECK(python_literal(json(1e-5)) == "1e-05");
    CHECK(python_literal(json("same")) == "\"same\"");
    CHECK(is_python_identifier("conv_1"));
    CHECK_FALSE(is_python_identifier("1"));
    CHECK_FALSE(is_python_identifier("lambda"));
    CHECK_FALSE(is_python_identifier("größe"));
    const std::vector<std::string> names = {"image", "x", "3", "layer_3", "self"};
    const std::vector<std::string> reserved = {"self"};
    CHECK(python_variables(names, {false, false, false, false, false}, reserved) ==
          std::vector<std::string>{"image", "x_", "layer_3", "layer_3_", "self_"});
}
