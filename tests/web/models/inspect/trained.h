#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/laboratory.h"
#include "web/models/inspect/inspect_model.h"

namespace convoscope::test {

using models::CapturedTensor;

inline std::string network_of(const std::string& layers) {
    return R"({"format": "convoscope/1", "input": [1, 6, 6], "layers": [)" + layers +
           R"(, {"name": "flat", "type": "flatten"},
              {"name": "fc", "type": "linear", "out_features": 3}]})";
}

/// A network that has learned for a few steps, and all its numbers for one picture. `more` goes
/// into the capture.
struct Trained {
    models::inspect::Model model;
    std::vector<CapturedTensor> snapshot;
    int type = -1;  ///< that the gradients are about
    std::unique_ptr<Laboratory> laboratory = std::make_unique<Laboratory>();
};

inline Trained train(const std::string& network,
                     const nlohmann::json& more = nlohmann::json::object()) {
    Trained trained;
    trained.model.open(network);
    REQUIRE(trained.model.has_network());
    Laboratory& lab = *trained.laboratory;
    lab.open();
    lab.configure({{"network", nlohmann::json::parse(network)}});
    lab.send({{"command", "step"}, {"count", 5}});
    lab.run();
    nlohmann::json command{{"command", "capture"},
                           {"parameters", trained.model.parameter_names()},
                           {"activations", trained.model.layer_names()},
                           {"image", {{"split", "test"}, {"index", 7}}}};
    command.update(more);
    const auto& events = lab.send(command);
    REQUIRE(count_of(events, "snapshot") == 1);
    trained.type = events.front().event.value("class", -1);
    const Received& received = events.front();
    for (const nlohmann::json& entry : received.event["tensors"]) {
        CapturedTensor tensor{.name = entry["name"],
                              .shape = entry["shape"],
                              .values = std::vector<float>(entry["count"].get<std::size_t>())};
        std::memcpy(tensor.values.data(),
                    received.payload.data() + entry["offset"].get<std::size_t>() * sizeof(float),
                    tensor.values.size() * sizeof(float));
        trained.snapshot.push_back(std::move(tensor));
    }
    return trained;
}

/// How many numbers of the patches are not the tensor's at the place that the patch tells; rows of
/// numbers without a place are left out. `tensor_of` gives the tensor of a value.
template <class TensorOf>
int misplaced(const std::vector<models::inspect::Patch>& patches, const TensorOf& tensor_of) {
    int count = 0;
    for (const models::inspect::Patch& patch : patches) {
        const CapturedTensor* tensor = tensor_of(patch.value);
        REQUIRE(tensor != nullptr);
        if (models::inspect::shape_of(*tensor).flat && patch.inputs.size() > 1) {
            continue;
        }
        for (Index i = 0; i < std::ssize(patch.inputs); ++i) {
            if (!patch.outside[at(i)]) {
                const models::inspect::Place place = patch.place_of(i);
                REQUIRE(models::inspect::exists(*tensor, place));
                count += models::inspect::number_at(*tensor, place) == patch.inputs[at(i)] ? 0 : 1;
            }
        }
    }
    return count;
}

/// With every kind of layer that a neuron is opened of.
inline const std::vector<std::string> kNetworks{
    R"({"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
       {"name": "relu", "type": "relu"},
       {"name": "pool", "type": "max_pool2d", "kernel_size": 2})",
    R"({"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 2,
        "dilation": 2, "stride": 2, "padding_mode": "reflect"},
       {"name": "norm", "type": "batch_norm2d"},
       {"name": "tanh", "type": "tanh"},
       {"name": "depthwise", "type": "conv2d", "out_channels": 8, "kernel_size": [1, 3],
        "padding": [0, 1], "groups": 4, "bias": false},
       {"name": "pool", "type": "avg_pool2d", "kernel_size": 2, "stride": 1, "padding": 1})",
    R"({"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "padding": 1},
       {"name": "side", "type": "conv2d", "inputs": ["conv"], "out_channels": 4, "kernel_size": 1},
       {"name": "add", "type": "add", "inputs": ["conv", "side"]},
       {"name": "relu", "type": "relu"},
       {"name": "concat", "type": "concat", "inputs": ["side", "relu"]},
       {"name": "mean", "type": "adaptive_avg_pool2d", "output_size": 4})",
    R"({"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3, "stride": 2},
       {"name": "up", "type": "conv_transpose2d", "out_channels": 2, "kernel_size": 3, "stride": 2,
        "padding": 1, "output_padding": 1},
       {"name": "sigmoid", "type": "sigmoid"})"};

}  // namespace convoscope::test
