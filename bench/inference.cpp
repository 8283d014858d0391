// How long one image takes on one thread: in, through all layers, and every layer's activations out
// in the order that a page draws them. Prints one JSON document: for each network the median of
// many runs, in microseconds. usage: inference NETWORK...
// A NETWORK is the text of a network file, so that a browser runs this too.

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/session_driver.h"
#include "engine/core/random.h"
#include "engine/network/execution_plan.h"
#include "engine/network/lane_layout.h"
#include "engine/network/network.h"
#include "engine/network/network_file.h"
#include "engine/network/workspace.h"

namespace convoscope {
namespace {

constexpr int kWarmUps = 300;
constexpr int kRuns = 301;

/// The image's own numbers, in the first lane.
class ImageRun {
  public:
    ImageRun(const Network& network, Workspace& workspace)
        : network_(network), workspace_(workspace) {
        Random random(1, "inference");
        image_.resize(at(network.shape(0).element_count()));
        for (float& value : image_) {
            value = static_cast<float>(random.uniform(0.0, 1.0));
        }
        for (Index value = 0; value <= network.layer_count(); ++value) {
            activations_.emplace_back(at(network.shape(value).element_count()));
        }
    }

    void run() {
        to_lanes(network_.shape(0), image_, 1, workspace_.input());
        workspace_.forward({.position = {.image_count = 1}});
        for (Index value = 0; value <= network_.layer_count(); ++value) {
            from_lane(network_.shape(value), workspace_.value(value), 0, activations_[at(value)]);
        }
    }

  private:
    const Network& network_;
    Workspace& workspace_;
    std::vector<float> image_;
    std::vector<std::vector<float>> activations_;
};

Result<double> median_microseconds(const std::string& file) {
    Result<NetworkSpec> spec = parse_network_file(file);
    if (!spec) {
        return spec.error();
    }
    Result<std::unique_ptr<Network>> network = Network::build(std::move(*spec));
    if (!network) {
        return network.error();
    }
    (*network)->initialize(1, {});
    const ExecutionPlan plan = ExecutionPlan::make(**network, {.keep_activations = true});
    Result<std::unique_ptr<Workspace>> workspace = Workspace::create(**network, plan);
    if (!workspace) {
        return workspace.error();
    }
    ImageRun image(**network, **workspace);
    std::vector<double> seconds;
    for (int run = -kWarmUps; run < kRuns; ++run) {
        const double begin = cli::clock_seconds();
        image.run();
        if (run >= 0) {
            seconds.push_back(cli::clock_seconds() - begin);
        }
    }
    std::ranges::nth_element(seconds, seconds.begin() + kRuns / 2);
    return seconds[kRuns / 2] * 1e6;
}

}  // namespace
}  // namespace convoscope

int main(int argument_count, char** arguments) {
    nlohmann::ordered_json results = nlohmann::ordered_json::array();
    for (int i = 1; i < argument_count; ++i) {
        const convoscope::Result<double> microseconds =
            convoscope::median_microseconds(arguments[i]);
        if (!microseconds) {
            std::fprintf(stderr, "inference: %s\n", microseconds.error().message.c_str());
            return 2;
        }
        results.push_back({{"microseconds", *microseconds}});
    }
    std::printf("%s\n", nlohmann::ordered_json{{"results", results}}.dump().c_str());
    return 0;
}
