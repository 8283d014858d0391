#pragma once

// Networks put together in code, layer by layer, padded by TensorFlow's rules: for those whose
// published figures are tests but whose hundreds of layers nobody would open as a preset.

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/window.h"
#include "engine/network/network_spec.h"

namespace convoscope::tests {

/// TensorFlow's two paddings.
enum class Fit { same, valid };

/// What a window looks like: a number stands for both axes.
struct Taps {
    Taps(Index size) : height(size), width(size) {}  // NOLINT(google-explicit-constructor)
    Taps(Index tall, Index wide) : height(tall), width(wide) {}
    Index height;
    Index width;
};

class NetworkSketch {
  public:
    /// A layer's output, or the input.
    struct Value {
        Index index = 0;
        Shape shape;
    };

    explicit NetworkSketch(const Shape& input) { spec_.input = input; }

    [[nodiscard]] Value input() const { return {.index = 0, .shape = spec_.input}; }
    [[nodiscard]] const NetworkSpec& spec() const { return spec_; }

    Value convolve(const Value& from,
                   Index channels,
                   Taps taps,
                   Index stride = 1,
                   Fit fit = Fit::same,
                   Conv2dSpec rest = {.bias = false}) {
        const auto [top, bottom] = padding(from.shape.height, taps.height, stride, fit);
        const auto [left, right] = padding(from.shape.width, taps.width, stride, fit);
        rest.out_channels = channels;
        rest.kernel_height = taps.height;
        rest.kernel_width = taps.width;
        rest.stride_height = rest.stride_width = stride;
        rest.padding_top = top;
        rest.padding_bottom = bottom;
        rest.padding_left = left;
        rest.padding_right = right;
        return append("conv2d",
                      {from.index},
                      rest,
                      {.channels = channels,
                       .height = extent(from.shape.height, taps.height, stride, fit),
                       .width = extent(from.shape.width, taps.width, stride, fit)});
    }

    Value max_pool(const Value& from, Index size, Index stride, Fit fit) {
        const auto [begin, end] = padding(from.shape.height, size, stride, fit);
        return append("max_pool2d",
                      {from.index},
                      MaxPool2dSpec{.kernel_height = size,
                                    .kernel_width = size,
                                    .stride_height = stride,
                                    .stride_width = stride,
                                    .padding_height = begin,
                                    .padding_width = begin,
                                    .ceil_mode = end > begin},
                      pooled(from.shape, size, stride, fit));
    }

    /// The mean of the cells on the input.
    Value average_pool(const Value& from, Index size, Index stride, Fit fit) {
        const auto [begin, end] = padding(from.shape.height, size, stride, fit);
        return append("avg_pool2d",
                      {from.index},
                      AvgPool2dSpec{.kernel_height = size,
                                    .kernel_width = size,
                                    .stride_height = stride,
                                    .stride_width = stride,
                                    .padding_height = begin,
                                    .padding_width = begin,
                                    .ceil_mode = end > begin,
                                    .count_include_pad = false},
                      pooled(from.shape, size, stride, fit));
    }

    Value concatenate(const std::vector<Value>& parts) {
        Shape shape = parts.front().shape;
        shape.channels = 0;
        std::vector<Index> inputs;
        for (const Value& part : parts) {
            shape.channels += part.shape.channels;
            inputs.push_back(part.index);
        }
        return append("concat", std::move(inputs), ConcatSpec{}, shape);
    }

    Value add(const Value& one, const Value& other) {
        return append("add", {one.index, other.index}, AddSpec{}, one.shape);
    }

    Value normalize(const Value& from) {
        return append("batch_norm2d", {from.index}, BatchNorm2dSpec{}, from.shape);
    }

    Value flatten(const Value& from) {
        return append("flatten",
                      {from.index},
                      FlattenSpec{},
                      {.channels = from.shape.element_count(), .height = 1, .width = 1});
    }

    Value linear(const Value& from, Index features, bool bias = true) {
        return append("linear",
                      {from.index},
                      LinearSpec{.out_features = features, .bias = bias},
                      {.channels = features, .height = 1, .width = 1});
    }

  private:
    static Index extent(Index input, Index size, Index stride, Fit fit) {
        return fit == Fit::same ? (input + stride - 1) / stride : (input - size) / stride + 1;
    }

    static std::pair<Index, Index> padding(Index input, Index size, Index stride, Fit fit) {
        const Index total = (extent(input, size, stride, fit) - 1) * stride + size - input;
        return fit == Fit::same && total > 0 ? std::pair{total / 2, total - total / 2}
                                             : std::pair{Index{0}, Index{0}};
    }

    static Shape pooled(const Shape& from, Index size, Index stride, Fit fit) {
        return {.channels = from.channels,
                .height = extent(from.height, size, stride, fit),
                .width = extent(from.width, size, stride, fit)};
    }

    Value append(const char* type,
                 std::vector<Index> inputs,
                 LayerAttributes attributes,
                 const Shape& output) {
        spec_.layers.push_back({.name = std::to_string(spec_.layers.size()),
                                .type = type,
                                .inputs = std::move(inputs),
                                .attributes = std::move(attributes)});
        return {.index = std::ssize(spec_.layers), .shape = output};
    }

    NetworkSpec spec_;
};

}  // namespace convoscope::tests
