#include "engine/network/network.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/lanes.h"
#include "engine/network/execution_plan.h"
#include "engine/network/memory_plan.h"
#include "engine/network/network_file.h"
#include "engine/network/single_run.h"
#include "tests/support/tiny_network.h"

using namespace convoscope;
using convoscope::tests::try_network;

namespace {

std::unique_ptr<Network> preset(const std::string& name) {
    std::ifstream file("assets/presets/" + name + ".json");
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    auto spec = parse_network_file(text);
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    auto network = Network::build(std::move(*spec));
    REQUIRE_MESSAGE(network.ok(), network.error().message);
    return std::move(*network);
}

}  // namespace

TEST_CASE("network: LeNet-5 has the textbook's figures") {
    const auto network = preset("lenet5");
    CHECK(network->parameter_count() == 61706);
    CHECK(network->forward_multiply_accumulates() == 416520);
    // Forward and weights everywhere, inputs of all layers but the first.
    CHECK(network->training_multiply_accumulates() == 3 * 416520 - 117600);
    CHECK(network->output_shape() == flat_shape(10));
    CHECK(network->named_parameters()[0].name == "conv1.weight");
    CHECK(network->named_parameters()[0].shape == std::vector<Index>{6, 1, 5, 5});
}

TEST_CASE("network: ConvNetJS's MNIST network fits together") {
    const auto network = preset("convnetjs-mnist");
    CHECK(network->shape(6).text() == "16×4×4");
    CHECK(network->parameter_count() == 208 + 3216 + 2570);
}

TEST_CASE("network: shapes that do not fit name the layer") {
    const auto large = try_network(
        "[1, 4, 4]", R"({"type": "relu"}, {"name": "big", "type": "conv2d", "out_channels": 1,
                         "kernel_size": 9})");
    REQUIRE_FALSE(large.ok());
    CHECK(large.error().message.find("layer 1 (\"big\")") != std::string::npos);
    const auto volume =
        try_network("[1, 4, 4]", R"({"name": "fc", "type": "linear", "out_features": 2})");
    REQUIRE_FALSE(volume.ok());
    CHECK(volume.error().message.find("fc") != std::string::npos);
}

TEST_CASE("network: a network too large is refused before memory is taken") {
    CHECK_FALSE(try_network("[4096, 4096, 4096]", R"({"type": "relu"})").ok());
    CHECK_FALSE(try_network("[64, 32, 32]",
                            R"({"type": "flatten"}, {"type": "linear", "out_features": 16384})")
                    .ok());
    CHECK_FALSE(try_network("[1, 512, 512]",
                            R"({"type": "conv2d", "out_channels": 16384, "kernel_size": 1})")
                    .ok());
}

TEST_CASE("network: a padded copy too large is refused, even where few outputs read it") {
    const std::string layer = R"({"type": "conv2d", "out_channels": 1, "kernel_size": 1,
        "stride": 16384, "padding": 16384, "padding_mode": )";
    const auto refused = try_network("[1, 4, 4]", layer + "\"replicate\"}");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.find("padded image") != std::string::npos);
    CHECK(try_network("[1, 4, 4]", layer + "\"zeros\"}").ok());
}

TEST_CASE("network: layers that are too large together say how large") {
    std::string layers = R"({"type": "relu"})";
    for (int i = 0; i < 5; ++i) {
        layers += R"(, {"type": "relu"})";
    }
    const auto network = try_network("[16, 1024, 1024]", layers);
    REQUIRE_FALSE(network.ok());
    CHECK(network.error().message.find("with the layers before it, the activations of one image "
                                       "come to") != std::string::npos);
    CHECK(network.error().message.find("; expected at most") != std::string::npos);
}

TEST_CASE("network: linear wants a flat vector, even of one pixel, as PyTorch does") {
    CHECK_FALSE(try_network("[3, 1, 1]", R"({"type": "linear", "out_features": 2})").ok());
    CHECK(try_network("[3, 1, 1]", R"({"type": "flatten"}, {"type": "linear", "out_features": 2})")
              .ok());
}

TEST_CASE("network: initial weights depend on seed and name, not on other layers") {
    const std::string fc =
        R"({"type": "flatten"}, {"name": "fc", "type": "linear", "out_features": 3})";
    const auto a = try_network("[1, 4, 4]", fc);
    const auto b = try_network(
        "[1, 4, 4]",
        R"({"name": "extra", "type": "conv2d", "out_channels": 1, "kernel_size": 1},)" + fc);
    const auto weights = [](const std::unique_ptr<Network>& network) {
        return network->to_pytorch_order(*network->find_parameter("fc.weight"),
                                         network->parameters());
    };
    (*a)->initialize(5);
    (*b)->initialize(5);
    CHECK(weights(*a) == weights(*b));
    const std::vector<float> before = weights(*a);
    // U(-1/sqrt(16), 1/sqrt(16))
    CHECK(std::ranges::all_of(before, [](float w) { return std::abs(w) <= 0.25F; }));
    (*a)->initialize(6);
    CHECK(weights(*a) != before);
}

TEST_CASE("memory plan: buffers alive together never overlap, others share") {
    std::vector<PlannedBuffer> buffers = {{.count = 100, .first = 0, .last = 1},
                                          {.count = 50, .first = 1, .last = 2},
                                          {.count = 100, .first = 2, .last = 3},
                                          {.count = 10, .first = 0, .last = 3},
                                          {.count = 30, .first = 3, .last = 4}};
    const Index total = plan_memory(buffers);
    for (const PlannedBuffer& a : buffers) {
        CHECK(a.offset % 16 == 0);
        CHECK(a.offset + a.count <= total);
        for (const PlannedBuffer& b : buffers) {
            const bool together = a.first <= b.last && b.first <= a.last;
            const bool overlap = a.offset < b.offset + b.count && b.offset < a.offset + a.count;
            CHECK((&a == &b || !together || !overlap));
        }
    }
    CHECK(total < 290);
    CHECK(buffers[0].offset == buffers[2].offset);
}

TEST_CASE("execution plan: inference needs less memory than training, and keeps nothing") {
    const auto network = preset("lenet5");
    const auto training = ExecutionPlan::make(*network, {.backward = true});
    const auto inference = ExecutionPlan::make(*network, {});
    CHECK(inference.activation_floats < training.activation_floats);
    CHECK(inference.kept_floats == 0);
    CHECK(training.kept_floats > 0);
    CHECK(training.gradient_storage[0] == ExecutionPlan::kNone);
    // The activation function works where the convolution wrote.
    CHECK(training.value_storage[2] == training.value_storage[1]);
}

TEST_CASE("single run: a chain through named inputs equals the plain chain") {
    const auto chain = [](const std::string& from) {
        auto network =
            try_network("[1, 5, 5]",
                        R"({"name": "c", "type": "conv2d", "out_channels": 2, "kernel_size": 3},
                                {"name": "f", "type": "flatten")" +
                            from + R"(}, {"name": "fc", "type": "linear", "out_features": 2})");
        (*network)->initialize(3);
        return std::move(*network);
    };
    std::vector<float> input(25 * 3);
    for (std::size_t i = 0; i < input.size(); ++i) {
        input[i] = static_cast<float>(i % 7) * 0.1F;
    }
    const std::vector<std::int64_t> labels = {0, 1, 1};
    const SingleRunRequest request{.input = input,
                                   .count = 3,
                                   .loss = LossType::cross_entropy,
                                   .labels = labels,
                                   .target = {},
                                   .gradients = true};
    const auto plain = single_run(*chain(""), request);
    const auto named = single_run(*chain(R"(, "inputs": ["c"])"), request);
    REQUIRE(plain.ok());
    REQUIRE(named.ok());
    CHECK(plain->output == named->output);
    CHECK(plain->d_parameters == named->d_parameters);
    CHECK(plain->d_input == named->d_input);
}

TEST_CASE("single run: a batch larger than the lanes equals its images one by one") {
    const auto network = preset("lenet5");
    network->initialize(2);
    const Index count = kLanes + 3;
    std::vector<float> input(static_cast<std::size_t>(count * 784));
    for (std::size_t i = 0; i < input.size(); ++i) {
        input[i] = static_cast<float>((i * 37) % 101) / 101.0F;
    }
    SingleRunRequest request;
    request.input = input;
    request.count = count;
    const auto all = single_run(*network, request);
    REQUIRE(all.ok());
    request.input = std::span<const float>(input).last(784);
    request.count = 1;
    const auto last = single_run(*network, request);
    REQUIRE(last.ok());
    const std::vector<float> tail(all->output.end() - 10, all->output.end());
    CHECK(tail == last->output);
}

TEST_CASE("single run: input, labels and options are checked") {
    const auto network = try_network("[1, 2, 2]", R"({"type": "flatten"})");
    const std::vector<float> input(8, 0.5F);
    SingleRunRequest request;
    request.input = input;
    request.count = 3;
    CHECK_FALSE(single_run(**network, request).ok());
    request.count = 2;
    CHECK(single_run(**network, request).ok());
    request.gradients = true;
    CHECK_FALSE(single_run(**network, request).ok());
    request.loss = LossType::cross_entropy;
    const std::vector<std::int64_t> labels = {0, 4};
    request.labels = labels;
    CHECK_FALSE(single_run(**network, request).ok());
}
