// `convoscope bench`: training steps per second on synthetic images.

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/session_driver.h"
#include "cli/step_rate.h"
#include "engine/network/network_file.h"

namespace convoscope::cli {
namespace {

struct BenchNetwork {
    const char* name;
    const char* file;
};

// Presets of assets/presets/ and networks that others are measured with, here so that the program
// needs no files.
constexpr BenchNetwork kNetworks[] = {
    {"lenet5", R"({"format": "convoscope/1", "input": [1, 28, 28], "layers": [
        {"type": "conv2d", "out_channels": 6, "kernel_size": 5, "padding": 2}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "conv2d", "out_channels": 16, "kernel_size": 5}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2}, {"type": "flatten"},
        {"type": "linear", "out_features": 120}, {"type": "relu"},
        {"type": "linear", "out_features": 84}, {"type": "relu"},
        {"type": "linear", "out_features": 10}]})"},
    {"convnetjs-mnist", R"({"format": "convoscope/1", "input": [1, 24, 24], "layers": [
        {"type": "conv2d", "out_channels": 8, "kernel_size": 5, "padding": 2}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "conv2d", "out_channels": 16, "kernel_size": 5, "padding": 2}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 3, "stride": 3}, {"type": "flatten"},
        {"type": "linear", "out_features": 10}]})"},
    {"convnetjs-cifar", R"({"format": "convoscope/1", "input": [3, 32, 32], "layers": [
        {"type": "conv2d", "out_channels": 16, "kernel_size": 5, "padding": 2}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "conv2d", "out_channels": 20, "kernel_size": 5, "padding": 2}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "conv2d", "out_channels": 20, "kernel_size": 5, "padding": 2}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2}, {"type": "flatten"},
        {"type": "linear", "out_features": 10}]})"},
    {"vgg-small", R"({"format": "convoscope/1", "input": [3, 32, 32], "layers": [
        {"type": "conv2d", "out_channels": 32, "kernel_size": 3, "padding": 1}, {"type": "relu"},
        {"type": "conv2d", "out_channels": 32, "kernel_size": 3, "padding": 1}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "conv2d", "out_channels": 64, "kernel_size": 3, "padding": 1}, {"type": "relu"},
        {"type": "conv2d", "out_channels": 64, "kernel_size": 3, "padding": 1}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "conv2d", "out_channels": 128, "kernel_size": 3, "padding": 1}, {"type": "relu"},
        {"type": "conv2d", "out_channels": 128, "kernel_size": 3, "padding": 1}, {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2}, {"type": "flatten"},
        {"type": "linear", "out_features": 128}, {"type": "relu"},
        {"type": "linear", "out_features": 10}]})"},
    {"mlp", R"({"format": "convoscope/1", "input": [1, 28, 28], "layers": [
        {"type": "flatten"}, {"type": "linear", "out_features": 512}, {"type": "relu"},
        {"type": "linear", "out_features": 10}]})"}};

struct BenchResult {
    std::string network;
    Index batch = 0;
    int threads = 0;
    double images_per_second = 0.0;  ///< median of the rounds
    double gigaflops = 0.0;
};

constexpr double kRoundSeconds = 0.5;
constexpr int kRounds = 5;

Result<BenchResult> measure(const BenchNetwork& network, Index batch, int threads) {
    Result<NetworkSpec> spec = parse_network_file(network.file);
    if (!spec) {
        return spec.error();
    }
    Result<StepRate> steps = StepRate::create(std::move(*spec), batch, threads);
    if (!steps) {
        return steps.error();
    }
    (void)steps->images_per_second(kRoundSeconds);  // warms up
    std::array<double, kRounds> rates{};
    for (double& rate : rates) {
        rate = steps->images_per_second(kRoundSeconds);
    }
    std::ranges::sort(rates);
    const double median = rates[kRounds / 2];
    return BenchResult{.network = network.name,
                       .batch = batch,
                       .threads = steps->trainer().settings().threads,
                       .images_per_second = median,
                       .gigaflops = steps->gigaflops(median)};
}

/// The networks of `--nets a,b`; all of them without.
Result<std::vector<BenchNetwork>> chosen_networks(const Arguments& arguments) {
    const std::optional<std::string> names = arguments.text("--nets");
    if (!names) {
        return std::vector<BenchNetwork>(std::begin(kNetworks), std::end(kNetworks));
    }
    std::vector<BenchNetwork> chosen;
    for (std::size_t begin = 0; begin <= names->size();) {
        const std::size_t comma = std::min(names->find(',', begin), names->size());
        const std::string name = names->substr(begin, comma - begin);
        const auto* found = std::ranges::find(
            kNetworks, name, [](const BenchNetwork& network) { return std::string(network.name); });
        if (found == std::end(kNetworks)) {
            return Error{"option --nets has \"" + name +
                         "\"; expected lenet5, convnetjs-mnist, convnetjs-cifar, vgg-small or mlp"};
        }
        chosen.push_back(*found);
        begin = comma + 1;
    }
    return chosen;
}

void print_json(const std::vector<BenchResult>& results) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const BenchResult& result : results) {
        list.push_back({{"network", result.network},
                        {"batch", result.batch},
                        {"threads", result.threads},
                        {"images_per_second", result.images_per_second},
                        {"gigaflops", result.gigaflops}});
    }
    const nlohmann::ordered_json json = {{"lanes", kLanes}, {"results", std::move(list)}};
    std::printf("%s\n", json.dump().c_str());
}

}  // namespace

Status bench_command(Arguments& arguments) {
    if (!arguments.positional().empty()) {
        return Error{"bench takes options only: [--nets a,b] [--batch B] [--threads T] [--json]"};
    }
    const Index batch = arguments.integer("--batch", 64, 1, 4096);
    const Index threads = arguments.integer("--threads", 0, 0, 64);
    if (const Status read = arguments.status(); !read) {
        return read;
    }
    const Result<std::vector<BenchNetwork>> networks = chosen_networks(arguments);
    if (!networks) {
        return networks.error();
    }
    std::vector<BenchResult> results;
    for (const BenchNetwork& network : *networks) {
        const Result<BenchResult> result =
            measure(network, batch, threads == 0 ? processor_count() : static_cast<int>(threads));
        if (!result) {
            return result.error();
        }
        results.push_back(*result);
    }
    if (arguments.has("--json")) {
        print_json(results);
        return success();
    }
    std::printf("%-16s %6s %8s %12s %10s\n", "network", "batch", "threads", "images/s", "GFLOP/s");
    for (const BenchResult& result : results) {
        std::printf("%-16s %6lld %8d %12.0f %10.2f\n",
                    result.network.c_str(),
                    static_cast<long long>(result.batch),
                    result.threads,
                    result.images_per_second,
                    result.gigaflops);
    }
    return success();
}

}  // namespace convoscope::cli
