// The hot kernels, one by one, on one thread and one micro-batch, at the shapes of the benchmark's
// four networks: GFLOP/s and the share of the multiply-add rate measured in the same rounds.
// Pooling does no multiply-add; its figure is the time.
// Prints a table, or with --json one JSON document.
// usage: kernels [--json] [--only TEXT]

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/lanes.h"
#include "engine/core/random.h"
#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/conv2d_geometry.h"
#include "engine/kernels/gather.h"
#include "engine/kernels/linear_backward_weights.h"
#include "engine/kernels/max_pool2d.h"
#include "engine/kernels/multiply_add.h"
#include "engine/kernels/winograd.h"
#include "engine/kernels/winograd_backward_weights.h"

namespace {

using namespace convoscope;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 9;
constexpr double kBurstSeconds = 0.004;
constexpr Index kBatch = 64;

/// One kernel at one shape, ready to run again and again.
struct Kernel {
    std::string name;
    double operations = 0.0;  ///< of one run; 0: does no multiply-add
    std::function<void()> run;
    std::vector<double> seconds{};  ///< of one run, a figure a round
    std::vector<double> shares{};   ///< of the multiply-add rate just before, a figure a round
};

struct ConvolutionShape {
    const char* name;
    Index in_channels;
    Index extent;
    Index out_channels;
    Index kernel;
    Index padding;
};

constexpr ConvolutionShape kConvolutions[] = {
    {"LeNet-5 conv 1", 1, 28, 6, 5, 2},
    {"LeNet-5 conv 2", 6, 14, 16, 5, 0},
    {"ConvNetJS MNIST conv 1", 1, 24, 8, 5, 2},
    {"ConvNetJS MNIST conv 2", 8, 12, 16, 5, 2},
    {"ConvNetJS CIFAR conv 1", 3, 32, 16, 5, 2},
    {"ConvNetJS CIFAR conv 2", 16, 16, 20, 5, 2},
    {"ConvNetJS CIFAR conv 3", 20, 8, 20, 5, 2},
    {"VGG-small conv 1", 3, 32, 32, 3, 1},
    {"VGG-small conv 2", 32, 32, 32, 3, 1},
    {"VGG-small conv 3", 32, 16, 64, 3, 1},
    {"VGG-small conv 4", 64, 16, 64, 3, 1},
    {"VGG-small conv 5", 64, 8, 128, 3, 1},
    {"VGG-small conv 6", 128, 8, 128, 3, 1},
    {"ResNet-20 stage 1", 16, 32, 16, 3, 1},
    {"ResNet-20 stage 2", 32, 16, 32, 3, 1},
    {"ResNet-20 stage 3", 64, 8, 64, 3, 1},
};

struct LinearShape {
    const char* name;
    Index in_features;
    Index out_features;
};

constexpr LinearShape kLinears[] = {
    {"LeNet-5 linear 1", 400, 120},
    {"LeNet-5 linear 2", 120, 84},
    {"LeNet-5 linear 3", 84, 10},
    {"VGG-small linear 1", 2048, 128},
};

struct PoolShape {
    const char* name;
    Index channels;
    Index extent;
    Index kernel;
};

constexpr PoolShape kPools[] = {
    {"LeNet-5 pool 1", 6, 28, 2},
    {"LeNet-5 pool 2", 16, 10, 2},
    {"ConvNetJS MNIST pool 2", 16, 12, 3},
    {"VGG-small pool 1", 32, 32, 2},
};

/// Numbers around zero, the same in every run.
std::vector<float> noise(Index count) {
    std::vector<float> values(static_cast<std::size_t>(count));
    Random random(1, "kernels");
    for (float& value : values) {
        value = static_cast<float>(random.below(2001)) * 1e-3F - 1.0F;
    }
    return values;
}

/// Everything that one layer's kernels read and write.
struct Operands {
    std::vector<float> input;
    std::vector<float> output;
    std::vector<float> weights;
    std::vector<float> panels;
    std::vector<float> start;
    std::vector<float> scratch{};
    std::vector<std::byte> winners{};
};

/// Operations are those of the direct way, so that shares compare.
void add_winograd(const kernels::Conv2dGeometry& geometry,
                  const std::string& name,
                  double operations,
                  std::vector<Kernel>& kernels) {
    const auto forward = kernels::plan_winograd_forward(geometry);
    const auto backward = kernels::plan_winograd_backward_input(geometry);
    auto data = std::make_shared<Operands>(
        Operands{.input = noise(geometry.input.element_count() * kLanes),
                 .output = noise(geometry.output.element_count() * kLanes),
                 .weights = noise(geometry.weight_count()),
                 .panels = noise(std::max(forward.panel_floats(), backward.panel_floats())),
                 .start = noise(geometry.output.channels)});
    data->scratch = noise(std::max({forward.scratch_floats(),
                                    backward.scratch_floats(),
                                    kernels::winograd_backward_weights_scratch(geometry)}));
    kernels.push_back(
        {name + ", Winograd, forward", operations, [=] {
             kernels::winograd_gather(
                 forward, data->panels, data->start, data->input, data->scratch, data->output);
         }});
    kernels.push_back(
        {name + ", Winograd, d_input", operations, [=] {
             kernels::winograd_gather(
                 backward, data->panels, {}, data->output, data->scratch, data->input);
         }});
    kernels.push_back({name + ", Winograd, d_weights", operations, [=] {
                           kernels::winograd_backward_weights(
                               geometry, data->input, data->output, data->scratch, data->weights);
                       }});
    kernels.push_back(
        {name + ", Winograd, packing", 0.0, [=] {
             kernels::pack_winograd_forward(forward,
                                            {.begin = 0, .end = std::ssize(forward.blocks)},
                                            data->weights,
                                            data->panels);
             kernels::pack_winograd_backward_input(backward,
                                                   {.begin = 0, .end = std::ssize(backward.blocks)},
                                                   data->weights,
                                                   data->panels);
         }});
}

void add_convolution(const ConvolutionShape& shape, std::vector<Kernel>& kernels) {
    const Window window{
        .size = shape.kernel, .padding_begin = shape.padding, .padding_end = shape.padding};
    const Index out = shape.extent + 2 * shape.padding - shape.kernel + 1;
    const kernels::Conv2dGeometry geometry{
        .input = {.channels = shape.in_channels, .height = shape.extent, .width = shape.extent},
        .output = {.channels = shape.out_channels, .height = out, .width = out},
        .vertical = window,
        .horizontal = window};
    const auto forward = kernels::plan_conv2d_forward(geometry);
    const auto backward = kernels::plan_conv2d_backward_input(geometry);
    auto data = std::make_shared<Operands>(
        Operands{.input = noise(geometry.input.element_count() * kLanes),
                 .output = noise(geometry.output.element_count() * kLanes),
                 .weights = noise(geometry.weight_count()),
                 .panels = noise(geometry.weight_count()),
                 .start = noise(shape.out_channels)});
    const double operations = 2.0 * static_cast<double>(geometry.output.element_count() *
                                                        geometry.weights_per_output() * kLanes);
    const std::string name = shape.name;
    kernels.push_back({name + ", forward", operations, [=] {
                           kernels::gather(
                               forward, data->panels, data->start, data->input, data->output);
                       }});
    kernels.push_back({name + ", d_input", operations, [=] {
                           kernels::gather(backward, data->panels, {}, data->output, data->input);
                       }});
    kernels.push_back({name + ", d_weights", operations, [=] {
                           kernels::conv2d_backward_weights(
                               geometry, data->input, data->output, data->weights);
                       }});
    if (kernels::winograd_wins(geometry)) {
        add_winograd(geometry, name, operations, kernels);
    }
}

void add_linear(const LinearShape& shape, std::vector<Kernel>& kernels) {
    const kernels::Conv2dGeometry geometry{.input = {.channels = shape.in_features},
                                           .output = {.channels = shape.out_features},
                                           .vertical = {},
                                           .horizontal = {}};
    const auto forward = kernels::plan_conv2d_forward(geometry);
    const auto backward = kernels::plan_conv2d_backward_input(geometry);
    const Index micro_batches = kBatch / kLanes;
    auto data = std::make_shared<Operands>(Operands{
        .input = noise(shape.in_features * kBatch),
        .output = noise(shape.out_features * kBatch),
        .weights = noise(geometry.weight_count()),
        .panels = noise(geometry.weight_count()),
        .start = noise(shape.out_features),
        .scratch =
            noise(kernels::linear_backward_weights_scratch(shape.out_features, micro_batches))});
    const auto part = [](std::vector<float>& values, Index micro_batch, Index features) {
        return std::span(values).subspan(static_cast<std::size_t>(micro_batch * features * kLanes),
                                         static_cast<std::size_t>(features * kLanes));
    };
    std::vector<std::span<const float>> inputs;
    std::vector<std::span<const float>> outputs;
    for (Index micro_batch = 0; micro_batch < micro_batches; ++micro_batch) {
        inputs.emplace_back(part(data->input, micro_batch, shape.in_features));
        outputs.emplace_back(part(data->output, micro_batch, shape.out_features));
    }
    const double operations = 2.0 * static_cast<double>(geometry.weight_count() * kLanes);
    const std::string name = shape.name;
    kernels.push_back({name + ", forward", operations, [=] {
                           kernels::gather(forward,
                                           data->panels,
                                           data->start,
                                           part(data->input, 0, shape.in_features),
                                           part(data->output, 0, shape.out_features));
                       }});
    kernels.push_back({name + ", d_input", operations, [=] {
                           kernels::gather(backward,
                                           data->panels,
                                           {},
                                           part(data->output, 0, shape.out_features),
                                           part(data->input, 0, shape.in_features));
                       }});
    kernels.push_back(
        {name + ", d_weights of 64 images", operations * static_cast<double>(micro_batches), [=] {
             kernels::linear_backward_weights({.in_features = shape.in_features,
                                               .out_features = shape.out_features,
                                               .begin = 0,
                                               .end = shape.out_features},
                                              inputs,
                                              outputs,
                                              data->scratch,
                                              data->weights);
         }});
    kernels.push_back(
        {name + ", packing", 0.0, [=] {
             kernels::pack_conv2d_forward(forward,
                                          {.begin = 0, .end = std::ssize(forward.blocks)},
                                          data->weights,
                                          data->panels);
             kernels::pack_conv2d_backward_input(backward,
                                                 {.begin = 0, .end = std::ssize(backward.blocks)},
                                                 data->weights,
                                                 data->panels);
         }});
}

void add_pool(const PoolShape& shape, std::vector<Kernel>& kernels) {
    const Window window{.size = shape.kernel, .stride = shape.kernel};
    const Index out = shape.extent / shape.kernel;
    const kernels::Pool2dGeometry geometry{
        .input = {.channels = shape.channels, .height = shape.extent, .width = shape.extent},
        .output = {.channels = shape.channels, .height = out, .width = out},
        .vertical = window,
        .horizontal = window};
    auto data = std::make_shared<Operands>(
        Operands{.input = noise(geometry.input.element_count() * kLanes),
                 .output = noise(geometry.output.element_count() * kLanes),
                 .weights = {},
                 .panels = {},
                 .start = {}});
    data->winners.resize(data->output.size());
    const std::string name = shape.name;
    kernels.push_back({name + ", forward", 0.0, [=] {
                           kernels::max_pool2d_forward(
                               geometry, data->input, data->output, data->winners);
                       }});
    kernels.push_back({name + ", d_input", 0.0, [=] {
                           kernels::max_pool2d_backward(
                               geometry, data->winners, data->output, data->scratch);
                       }});
    data->scratch.resize(data->input.size());
}

/// Seconds of one run, from as many as fit in a burst.
double burst_seconds(const std::function<void()>& run) {
    Index runs = 0;
    const auto begin = Clock::now();
    std::chrono::duration<double> elapsed{};
    while (elapsed.count() < kBurstSeconds) {
        run();
        ++runs;
        elapsed = Clock::now() - begin;
    }
    return elapsed.count() / static_cast<double>(runs);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double rate_of(const Kernel& kernel, double seconds) {
    return kernel.operations / seconds * 1e-9;
}

/// Rounds over all kernels, each just after the first, which is multiply-add alone: so a busy
/// moment of the machine meets both.
void measure(std::vector<Kernel>& kernels) {
    for (Kernel& kernel : kernels) {
        burst_seconds(kernel.run);
        burst_seconds(kernel.run);
    }
    const Kernel& ceiling = kernels.front();
    for (int round = 0; round < kRounds; ++round) {
        for (Kernel& kernel : kernels) {
            const double highest = rate_of(ceiling, burst_seconds(ceiling.run));
            kernel.seconds.push_back(burst_seconds(kernel.run));
            kernel.shares.push_back(rate_of(kernel, kernel.seconds.back()) / highest);
        }
    }
}

void print_table(const std::vector<Kernel>& kernels) {
    std::printf("%-46s %10s %10s %8s\n", "kernel", "us", "GFLOP/s", "share");
    for (const Kernel& kernel : kernels) {
        const double seconds = median(kernel.seconds);
        std::printf("%-46s %10.1f", kernel.name.c_str(), seconds * 1e6);
        if (kernel.operations > 0.0) {
            std::printf(" %10.1f %7.0f%%", rate_of(kernel, seconds), 100.0 * median(kernel.shares));
        }
        std::printf("\n");
    }
}

void print_json(const std::vector<Kernel>& kernels) {
    std::printf("{\"lanes\": %d, \"results\": [", static_cast<int>(kLanes));
    const char* separator = "";
    for (const Kernel& kernel : kernels) {
        const double seconds = median(kernel.seconds);
        std::printf(
            "%s{\"kernel\": \"%s\", \"microseconds\": %.2f, \"gigaflops\": %.1f, \"share\": %.3f}",
            separator,
            kernel.name.c_str(),
            seconds * 1e6,
            rate_of(kernel, seconds),
            median(kernel.shares));
        separator = ", ";
    }
    std::printf("]}\n");
}

}  // namespace

int main(int argument_count, char** arguments) {
    bool json = false;
    std::string only;
    for (int i = 1; i < argument_count; ++i) {
        if (std::strcmp(arguments[i], "--json") == 0) {
            json = true;
        } else if (std::strcmp(arguments[i], "--only") == 0 && i + 1 < argument_count) {
            only = arguments[++i];
        } else {
            std::fprintf(stderr, "usage: kernels [--json] [--only TEXT]\n");
            return 1;
        }
    }
    constexpr Index kSteps = 20'000;
    volatile float a = 0.999F;
    volatile float b = 0.001F;
    volatile float sink = 0.0F;
    std::vector<Kernel> kernels{{"multiply-add alone",
                                 kernels::multiply_add_operations(kSteps),
                                 [&] { sink = kernels::multiply_add_only(kSteps, a, b); }}};
    for (const ConvolutionShape& shape : kConvolutions) {
        add_convolution(shape, kernels);
    }
    for (const LinearShape& shape : kLinears) {
        add_linear(shape, kernels);
    }
    for (const PoolShape& shape : kPools) {
        add_pool(shape, kernels);
    }
    kernels.erase(std::remove_if(kernels.begin() + 1,
                                 kernels.end(),
                                 [&](const Kernel& kernel) {
                                     return kernel.name.find(only) == std::string::npos;
                                 }),
                  kernels.end());
    measure(kernels);
    if (json) {
        print_json(kernels);
    } else {
        print_table(kernels);
    }
    return 0;
}
