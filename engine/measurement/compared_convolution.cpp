#include "engine/measurement/compared_convolution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "engine/core/lanes.h"
#include "engine/core/random.h"
#include "engine/network/lane_layout.h"

namespace convoscope {
namespace {

constexpr std::array kConvolutions{
    ComparedConvolution{
        .name = "lenet5", .in_channels = 6, .out_channels = 16, .size = 14, .kernel_size = 5},
    ComparedConvolution{.name = "resnet20",
                        .in_channels = 64,
                        .out_channels = 64,
                        .size = 8,
                        .kernel_size = 3,
                        .padding = 1},
    ComparedConvolution{.name = "vgg",
                        .in_channels = 64,
                        .out_channels = 64,
                        .size = 16,
                        .kernel_size = 3,
                        .padding = 1}};
constexpr std::uint64_t kSeed = 1;

std::vector<float> random_numbers(std::string_view stream, Index count, double most) {
    Random random(kSeed, stream);
    std::vector<float> numbers(at(count));
    std::ranges::generate(numbers, [&] { return static_cast<float>(random.uniform(-most, most)); });
    return numbers;
}

}  // namespace

kernels::Conv2dGeometry ComparedConvolution::geometry() const {
    const Window window{.size = kernel_size,
                        .stride = 1,
                        .padding_begin = padding,
                        .padding_end = padding,
                        .dilation = 1};
    const Index side = size + 2 * padding - kernel_size + 1;
    return {.input = {.channels = in_channels, .height = size, .width = size},
            .output = {.channels = out_channels, .height = side, .width = side},
            .vertical = window,
            .horizontal = window,
            .groups = 1};
}

double ComparedConvolution::operations() const {
    const kernels::Conv2dGeometry shape = geometry();
    return 2.0 * static_cast<double>(images) * static_cast<double>(shape.output.element_count()) *
           static_cast<double>(shape.weights_per_output());
}

std::span<const ComparedConvolution> compared_convolutions() {
    return kConvolutions;
}

ComparedNumbers ComparedNumbers::make(const ComparedConvolution& convolution) {
    const kernels::Conv2dGeometry geometry = convolution.geometry();
    const Index terms = geometry.weights_per_output();
    const Index image = geometry.input.element_count();
    ComparedNumbers numbers;
    numbers.micro_batches = (convolution.images + kLanes - 1) / kLanes;
    numbers.weights = random_numbers(
        "weights", geometry.weight_count(), 1.0 / std::sqrt(static_cast<double>(terms)));
    numbers.planar = random_numbers("images", numbers.micro_batches * kLanes * image, 1.0);
    numbers.lanes.resize(numbers.planar.size());
    const std::size_t micro_batch = at(kLanes * image);
    for (std::size_t begin = 0; begin < numbers.planar.size(); begin += micro_batch) {
        to_lanes(geometry.input,
                 std::span(numbers.planar).subspan(begin, micro_batch),
                 kLanes,
                 std::span(numbers.lanes).subspan(begin, micro_batch));
    }
    for (Index channel = 0; channel < geometry.output.channels; ++channel) {
        double sum = 0.0;
        for (Index i = 0; i < terms; ++i) {
            sum += std::abs(static_cast<double>(numbers.weights[at(channel * terms + i)]));
        }
        numbers.greatest_magnitude = std::max(numbers.greatest_magnitude, sum);
    }
    return numbers;
}

}  // namespace convoscope
