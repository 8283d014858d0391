// Compares whole networks with PyTorch: outputs, losses, every gradient, and what optimisers make
// of them. The numbers and the script that made them are in tests/golden/; run from the
// repository's root.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/exchange/safetensors.h"
#include "engine/exchange/weights.h"
#include "engine/kernels/magnitude.h"
#include "engine/network/network.h"
#include "engine/network/network_file.h"
#include "engine/network/single_run.h"
#include "engine/optimizers/gradient_clipping.h"
#include "engine/optimizers/optimizer.h"

using namespace convoscope;

namespace {

const std::string kFolder = "tests/golden/";

// A float sum of a few thousand products errs by about 1e-6 of its scale, and 20 steps of training
// by a few times that; a wrong formula errs by far more than this.
constexpr double kTolerance = 1e-4;
// Tensors whose numbers are all tiny are compared on this scale.
constexpr double kLeastScale = 1e-3;

std::string read_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), "cannot read ", path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

nlohmann::json read_json(const std::string& path) {
    nlohmann::json json = nlohmann::json::parse(read_text(path), nullptr, false);
    REQUIRE_MESSAGE(!json.is_discarded(), path, " is not JSON");
    return json;
}

std::vector<Tensor> read_tensors(const std::string& path) {
    const std::string bytes = read_text(path);
    auto tensors = read_safetensors(std::as_bytes(std::span(bytes)), path);
    REQUIRE_MESSAGE(tensors.ok(), tensors.error().message);
    return std::move(tensors.value());
}

const Tensor& tensor_named(std::span<const Tensor> tensors, const std::string& name) {
    const Tensor* tensor = find_tensor(tensors, name);
    REQUIRE_MESSAGE(tensor != nullptr, "no tensor ", name);
    return *tensor;
}

std::unique_ptr<Network> read_network(const std::string& folder) {
    auto spec = parse_network_file(read_text(folder + "/network.json"));
    REQUIRE_MESSAGE(spec.ok(), spec.error().message);
    auto network = Network::build(std::move(spec.value()));
    REQUIRE_MESSAGE(network.ok(), network.error().message);
    if (!network.value()->named_parameters().empty() || !network.value()->named_buffers().empty()) {
        const std::string path = folder + "/weights.safetensors";
        const Status loaded = load_tensors(read_tensors(path), path, *network.value());
        REQUIRE_MESSAGE(loaded.ok(), loaded.error().message);
    }
    return std::move(network.value());
}

void check_close(std::span<const float> actual, std::span<const float> expected) {
    REQUIRE(actual.size() == expected.size());
    double scale = kLeastScale;
    for (const float value : expected) {
        scale = std::max(scale, std::abs(static_cast<double>(value)));
    }
    double worst = 0.0;
    bool finite = true;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        finite = finite && std::isfinite(actual[i]);
        worst = std::max(
            worst, std::abs(static_cast<double>(actual[i]) - static_cast<double>(expected[i])));
    }
    CHECK(finite);
    CHECK(worst <= kTolerance * scale);
}

SingleRunRequest make_request(std::span<const Tensor> input, LossType loss) {
    const Tensor& images = tensor_named(input, "input");
    const Tensor& target = tensor_named(input, "target");
    return {.input = images.floats,
            .count = images.shape.front(),
            .loss = loss,
            .labels = target.integers,
            .target = target.floats,
            .gradients = true,
            .training = true};
}

// Running statistics after the batch, in the order of the network's buffers.
void check_buffers(const Network& network,
                   std::span<const float> buffers,
                   std::span<const Tensor> expected) {
    for (const NamedBuffer& buffer : network.named_buffers()) {
        INFO(buffer.name);
        check_close(Network::part_of(buffer, buffers), tensor_named(expected, buffer.name).floats);
    }
}

void check_case(const std::string& name, LossType loss, double label_smoothing, bool training) {
    INFO(name);
    const std::string folder = kFolder + name;
    const std::unique_ptr<Network> network = read_network(folder);
    const std::vector<Tensor> input = read_tensors(folder + "/input.safetensors");
    const std::vector<Tensor> expected = read_tensors(folder + "/expected.safetensors");

    SingleRunRequest request = make_request(input, loss);
    request.label_smoothing = label_smoothing;
    request.training = training;
    const auto result = single_run(*network, request);
    REQUIRE_MESSAGE(result.ok(), result.error().message);
    check_close(result->output, tensor_named(expected, "output").floats);
    REQUIRE(result->loss.has_value());
    check_close(std::span(&*result->loss, 1), tensor_named(expected, "loss").floats);
    check_close(result->d_input, tensor_named(expected, "grad.input").floats);

    const auto parameters = network->named_parameters();
    REQUIRE(result->d_parameters.size() == parameters.size());
    CHECK(expected.size() ==
          3 + parameters.size() + (training ? network->named_buffers().size() : 0));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        INFO(parameters[i].name);
        const Tensor& gradient = tensor_named(expected, "grad." + parameters[i].name);
        CHECK(parameters[i].shape == gradient.shape);
        check_close(result->d_parameters[i], gradient.floats);
    }
    if (training) {
        check_buffers(*network, result->buffers, expected);
    }
}

// The cases of one kind, told by the beginning of their names; there must be as many as are
// expected, so that none is forgotten.
void check_cases(std::string_view kind, std::size_t count) {
    std::size_t found = 0;
    const nlohmann::json index = read_json(kFolder + "index.json");
    for (const auto& entry : index["cases"]) {
        const auto name = entry["name"].get<std::string>();
        if (name.starts_with(kind)) {
            ++found;
            const auto loss = find_loss(entry["loss"].get<std::string>());
            REQUIRE(loss.has_value());
            check_case(
                name, *loss, entry.value("label_smoothing", 0.0), entry.value("training", true));
        }
    }
    CHECK(found == count);
}

OptimizerSettings read_optimizer(const nlohmann::json& json) {
    const auto type = find_optimizer(json["type"].get<std::string>());
    REQUIRE(type.has_value());
    OptimizerSettings settings = default_optimizer(*type);
    settings.learning_rate = json["learning_rate"].get<double>();
    settings.momentum = json.value("momentum", settings.momentum);
    settings.dampening = json.value("dampening", settings.dampening);
    settings.alpha = json.value("alpha", settings.alpha);
    settings.beta1 = json.value("beta1", settings.beta1);
    settings.beta2 = json.value("beta2", settings.beta2);
    settings.epsilon = json.value("epsilon", settings.epsilon);
    settings.weight_decay = json.value("weight_decay", settings.weight_decay);
    return settings;
}

void clip(const ClippingSettings& clipping, std::vector<std::vector<float>>& gradients) {
    double squares = 0.0;
    for (std::vector<float>& gradient : gradients) {
        clip_values(clipping, gradient);
        squares += kernels::sum_of_squares(gradient);
    }
    const double factor = clipping_factor(clipping, std::sqrt(squares));
    for (std::vector<float>& gradient : gradients) {
        kernels::scale(gradient, static_cast<float>(factor));
    }
}

// A parameter with what an optimiser keeps about it; the order of elements does not matter to it.
struct TrainedParameter {
    Tensor tensor;
    std::vector<float> first_state;
    std::vector<float> second_state;
};

std::vector<TrainedParameter> start_training(const Network& network, OptimizerType type) {
    std::vector<TrainedParameter> trained;
    for (const NamedParameter& parameter : network.named_parameters()) {
        std::vector<float> values = network.to_pytorch_order(parameter, network.parameters());
        const std::size_t count = values.size();
        const Index states = optimizer_state_count(type);
        trained.push_back(
            {.tensor = float_tensor(parameter.name, parameter.shape, std::move(values)),
             .first_state = std::vector<float>(states > 0 ? count : 0),
             .second_state = std::vector<float>(states > 1 ? count : 0)});
    }
    return trained;
}

void update(TrainedParameter& parameter,
            const OptimizerSettings& settings,
            std::span<const float> gradient,
            Index step) {
    optimizer_update(settings,
                     {.parameters = parameter.tensor.floats,
                      .gradient = gradient,
                      .first_state = parameter.first_state,
                      .second_state = parameter.second_state,
                      .step = step},
                     0,
                     static_cast<Index>(gradient.size()));
}

void check_trajectory(const std::string& name) {
    INFO(name);
    const std::string folder = kFolder + name;
    const std::unique_ptr<Network> network = read_network(folder);
    const std::vector<Tensor> input = read_tensors(folder + "/input.safetensors");
    const std::vector<Tensor> expected = read_tensors(folder + "/expected.safetensors");
    const nlohmann::json json = read_json(folder + "/optimizer.json");
    const OptimizerSettings settings = read_optimizer(json);
    const ClippingSettings clipping{.value = json.value("clip_value", 0.0),
                                    .norm = json.value("clip_norm", 0.0)};
    const std::vector<float>& expected_losses = tensor_named(expected, "losses").floats;

    std::vector<TrainedParameter> trained = start_training(*network, settings.type);
    std::vector<float> losses;
    for (Index step = 1; step <= static_cast<Index>(expected_losses.size()); ++step) {
        auto result = single_run(*network, make_request(input, LossType::cross_entropy));
        REQUIRE_MESSAGE(result.ok(), result.error().message);
        clip(clipping, result->d_parameters);
        losses.push_back(result->loss.value_or(-1.0F));
        std::vector<Tensor> tensors;
        for (std::size_t i = 0; i < trained.size(); ++i) {
            update(trained[i], settings, result->d_parameters[i], step);
            tensors.push_back(trained[i].tensor);
        }
        for (const NamedBuffer& buffer : network->named_buffers()) {
            const auto values = Network::part_of(buffer, std::span<const float>(result->buffers));
            tensors.push_back(
                float_tensor(buffer.name, buffer.shape, {values.begin(), values.end()}));
        }
        REQUIRE(load_tensors(tensors, name, *network).ok());
    }
    check_close(losses, expected_losses);
    for (const TrainedParameter& parameter : trained) {
        INFO(parameter.tensor.name);
        check_close(parameter.tensor.floats, tensor_named(expected, parameter.tensor.name).floats);
    }
    check_buffers(*network, network->buffers(), expected);
}

}  // namespace

TEST_CASE("golden: conv2d agrees with PyTorch in every attribute") {
    check_cases("conv2d", 27);
}
TEST_CASE("golden: max_pool2d agrees with PyTorch in every attribute") {
    check_cases("max_pool2d", 8);
}
TEST_CASE("golden: conv_transpose2d agrees with PyTorch in every attribute") {
    check_cases("conv_transpose2d", 9);
}
TEST_CASE("golden: avg_pool2d agrees with PyTorch in every attribute") {
    check_cases("avg_pool2d", 6);
}
TEST_CASE("golden: adaptive_avg_pool2d agrees with PyTorch, larger than its input too") {
    check_cases("adaptive_avg_pool2d", 4);
}
TEST_CASE("golden: relu agrees with PyTorch") {
    check_cases("relu", 1);
}
TEST_CASE("golden: every activation agrees with PyTorch in every attribute") {
    check_cases("activation_", 18);
}
TEST_CASE("golden: softmax over channels agrees with PyTorch") {
    check_cases("softmax", 2);
}
TEST_CASE("golden: local_response_norm agrees with PyTorch in every attribute") {
    check_cases("local_response_norm", 4);
}
TEST_CASE("golden: linear agrees with PyTorch") {
    check_cases("linear", 2);
}
TEST_CASE("golden: flatten has PyTorch's order, alone and before linear") {
    check_cases("flatten", 2);
}
TEST_CASE("golden: add and concat agree with PyTorch in graphs of every kind") {
    check_cases("add_", 5);
    check_cases("concat_", 4);
}
TEST_CASE("golden: batch_norm2d agrees with PyTorch, training and evaluating") {
    check_cases("batch_norm2d", 11);
}
TEST_CASE("golden: dropout of nothing, of all and while evaluating agrees with PyTorch") {
    check_cases("dropout_", 3);
}
TEST_CASE("golden: cross-entropy of extreme scores agrees with PyTorch") {
    check_cases("cross_entropy", 1);
}
TEST_CASE("golden: losses agree with PyTorch: label smoothing, and squared errors of any shape") {
    check_cases("loss_", 5);
}
TEST_CASE("golden: LeNet-5 agrees with PyTorch in loss and every gradient") {
    check_cases("lenet5", 1);
}
TEST_CASE("golden: every case belongs to a test above") {
    CHECK(read_json(kFolder + "index.json")["cases"].size() == 113);
}

TEST_CASE("golden: 20 steps of each optimiser agree with PyTorch") {
    const nlohmann::json index = read_json(kFolder + "index.json");
    CHECK(index["trajectories"].size() == 20);
    for (const auto& entry : index["trajectories"]) {
        check_trajectory(entry["name"].get<std::string>());
    }
}
