#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/explain/network_probe.h"
#include "engine/network/single_run.h"
#include "tests/support/tiny_network.h"

namespace convoscope::tests {

/// Two branches, joined both ways, smooth: nothing hides a wrong gradient, and no step has a kink.
inline const std::string kBranches =
    R"({"name": "conv", "type": "conv2d", "out_channels": 3, "kernel_size": 3, "padding": 1},
       {"name": "bend", "type": "tanh"},
       {"name": "left", "type": "conv2d", "out_channels": 3, "kernel_size": 3, "padding": 1},
       {"name": "sum", "type": "add", "inputs": ["left", "bend"]},
       {"name": "right", "type": "conv2d", "out_channels": 2, "kernel_size": 1, "inputs": ["bend"]},
       {"name": "both", "type": "concat", "inputs": ["sum", "right"]},
       {"name": "pool", "type": "avg_pool2d", "kernel_size": 2},
       {"name": "flat", "type": "flatten"},
       {"name": "hidden", "type": "linear", "out_features": 5},
       {"name": "bend2", "type": "tanh"},
       {"name": "fc", "type": "linear", "out_features": 3})";

/// A network and a probe of it.
struct Probed {
    std::unique_ptr<Network> network;
    std::unique_ptr<NetworkProbe> probe;
};

inline Probed probed(const std::string& input, const std::string& layers) {
    Probed result{.network = tiny_network(input, layers), .probe = {}};
    auto probe = NetworkProbe::create(*result.network);
    REQUIRE_MESSAGE(probe.ok(), probe.error().message);
    result.probe = std::move(*probe);
    return result;
}

/// What doctest compares with.
inline doctest::Approx near(float number, double scale = 1.0, double epsilon = 1e-4) {
    return doctest::Approx(static_cast<double>(number)).epsilon(epsilon).scale(scale);
}

inline std::vector<float> random_image(const Shape& shape, std::uint64_t seed = 1) {
    Random random(seed, "image");
    std::vector<float> image(at(shape.element_count()));
    for (float& number : image) {
        number = static_cast<float>(random.uniform(-1.0, 1.0));
    }
    return image;
}

/// The network's output for one image, by the way that is checked against PyTorch.
inline std::vector<float> output_of(const Network& network, std::span<const float> image) {
    SingleRunRequest request;
    request.input = image;
    request.count = 1;
    auto run = single_run(network, request);
    REQUIRE(run.ok());
    return std::move(run->output);
}

}  // namespace convoscope::tests
