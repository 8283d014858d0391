#include "engine/exchange/weights.h"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/network/network_file.h"

using namespace convoscope;

namespace {

std::unique_ptr<Network> build(const std::string& layers) {
    auto spec = parse_network_file(
        R"({"format": "convoscope/1", "input": [1, 12, 12], "layers": [)" + layers + "]}");
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    auto network = Network::build(std::move(*spec));
    REQUIRE_MESSAGE(network.ok(), network.error().message);
    (*network)->initialize(1);
    return std::move(*network);
}

std::string chain(int channels, int kernel, int features) {
    return R"({"name":"conv","type":"conv2d","out_channels":)" + std::to_string(channels) +
           R"(,"kernel_size":)" + std::to_string(kernel) +
           R"(},{"name":"pool","type":"max_pool2d","kernel_size":2},{"name":"flat","type":"flatten"},
              {"name":"fc","type":"linear","out_features":)" +
           std::to_string(features) + "}";
}

std::string refusal(const std::string& of_file, const std::string& of_network) {
    const auto network = build(of_network);
    const std::vector<float> before(network->parameters().begin(), network->parameters().end());
    const Status loaded = load_tensors(network_tensors(*build(of_file)), "w", *network);
    CHECK(std::vector<float>(network->parameters().begin(), network->parameters().end()) == before);
    return loaded.ok() ? "" : loaded.error().message;
}

}  // namespace

TEST_CASE("weights: the tensors of the same network are taken") {
    CHECK(refusal(chain(2, 3, 4), chain(2, 3, 4)).empty());
}

TEST_CASE("weights: another kernel in the file names the change of the network that fits") {
    CHECK(refusal(chain(2, 5, 4), chain(2, 3, 4)) ==
          "w: tensor \"conv.weight\" is F32 [2, 1, 5, 5]; expected F32 [2, 1, 3, 3]; it would fit "
          "with kernel_size 5 (now 3)");
}

TEST_CASE("weights: another number of classes is one change of the linear layer") {
    CHECK(refusal(chain(2, 3, 10), chain(2, 3, 4))
              .find("it would fit with out_features 10 (now 4)") != std::string::npos);
}

TEST_CASE("weights: a linear layer's inputs are traced back to the volume and its makers") {
    const std::string padded =
        R"({"name":"conv","type":"conv2d","out_channels":2,"kernel_size":3,"padding":1},
           {"name":"pool","type":"max_pool2d","kernel_size":2},{"name":"flat","type":"flatten"},
           {"name":"fc","type":"linear","out_features":4})";
    const std::string message = refusal(padded, chain(2, 3, 4));
    INFO(message);
    CHECK(message.find("\"fc.weight\" is F32 [4, 72]; expected F32 [4, 50], as its 50 inputs are "
                       "the 2×5×5 of layer 1 (\"pool\")") != std::string::npos);
    CHECK(message.find("padding 1 (now 0) in layer 0 (\"conv\")") != std::string::npos);
}

TEST_CASE("weights: a tensor under another name is pointed out") {
    const std::string other =
        R"({"name":"first","type":"conv2d","out_channels":2,"kernel_size":3})";
    const std::string message =
        refusal(other, R"({"name":"conv","type":"conv2d","out_channels":2,"kernel_size":3})");
    CHECK(message ==
          "w: tensor \"conv.weight\" is missing; expected [2, 1, 3, 3]; the file has "
          "\"first.weight\" of this shape, which the network does not know");
}

TEST_CASE("weights: PyTorch's count of batches is ignored") {
    const auto network = build(chain(2, 3, 4));
    std::vector<Tensor> tensors = network_tensors(*network);
    Tensor counter{.name = "bn.num_batches_tracked", .type = TensorType::i64};
    counter.integers = {5};
    tensors.push_back(counter);
    CHECK(load_tensors(tensors, "w", *network).ok());
}
