// Convolution and pooling in Keras, which knows the paddings "same" and "valid" alone: everything
// else is a layer of its own before or after.

#include <algorithm>

#include "engine/exchange/python/keras_layer.h"
#include "engine/exchange/python/python_text.h"

namespace convoscope {
namespace {

using Layers = Result<std::vector<std::string>>;

std::string pair_text(std::pair<Index, Index> pair) {
    return pair.first == pair.second
               ? std::to_string(pair.first)
               : "(" + std::to_string(pair.first) + ", " + std::to_string(pair.second) + ")";
}

std::string margins_text(const Margins& margins) {
    if (margins.top == margins.bottom && margins.left == margins.right) {
        return margins.top == margins.left
                   ? std::to_string(margins.top)
                   : "(" + std::to_string(margins.top) + ", " + std::to_string(margins.left) + ")";
    }
    return "((" + std::to_string(margins.top) + ", " + std::to_string(margins.bottom) + "), (" +
           std::to_string(margins.left) + ", " + std::to_string(margins.right) + "))";
}

void add_option(std::vector<std::string>& arguments,
                const std::string& name,
                std::pair<Index, Index> value,
                std::pair<Index, Index> otherwise) {
    if (value != otherwise) {
        arguments.push_back(name + "=" + pair_text(value));
    }
}

constexpr std::pair<Index, Index> kOne(1, 1);

}  // namespace

Layers keras_conv2d(const LayerDescription& layer) {
    const Margins margins = padding_of(layer);
    const auto stride = layer.spatial("stride", kOne);
    const auto dilation = layer.spatial("dilation", kOne);
    if (layer.text("padding_mode", "zeros") != "zeros" && margins.any()) {
        return keras_refusal(layer, "padding_mode", "Keras pads with zeros only");
    }
    if (stride != kOne && dilation != kOne) {
        return keras_refusal(
            layer, "dilation", "Keras allows a dilation or a stride above 1, not both");
    }
    std::vector<std::string> arguments = {std::to_string(layer.output.channels),
                                          pair_text(layer.spatial("kernel_size", kOne))};
    add_option(arguments, "strides", stride, kOne);
    const bool same = margins.any() && layer.attributes["padding"] == "same";
    if (same) {
        arguments.emplace_back("padding=\"same\"");
    }
    add_option(arguments, "dilation_rate", dilation, kOne);
    if (const Index groups = layer.integer("groups", 1); groups != 1) {
        arguments.push_back("groups=" + std::to_string(groups));
    }
    if (!layer.flag("bias", true)) {
        arguments.emplace_back("use_bias=False");
    }
    std::vector<std::string> calls;
    if (margins.any() && !same) {
        calls.push_back("layers.ZeroPadding2D(" + margins_text(margins) + ")");
    }
    calls.push_back(keras_call(layer, "layers.Conv2D", arguments));
    return calls;
}

/// "valid" gives everything that the kernels touch, and at least a stride for each input; padding
/// takes from that at the edges, and output_padding gives some of it back at the end.
Layers keras_conv_transpose2d(const LayerDescription& layer) {
    const auto kernel = layer.spatial("kernel_size", kOne);
    const auto stride = layer.spatial("stride", kOne);
    const auto dilation = layer.spatial("dilation", kOne);
    const auto extra = layer.spatial("output_padding", {0, 0});
    const Margins padding = padding_of(layer);
    if (layer.integer("groups", 1) != 1) {
        return keras_refusal(layer, "groups", "Keras has no groups in a transposed convolution");
    }
    if (stride != kOne && dilation != kOne) {
        return keras_refusal(
            layer, "dilation", "Keras allows a dilation or a stride above 1, not both");
    }
    const auto rest = [](Index k, Index s, Index d) {
        return std::max<Index>(0, s - (d * (k - 1) + 1));
    };
    const Margins crop{
        .top = padding.top,
        .bottom = padding.bottom - extra.first + rest(kernel.first, stride.first, dilation.first),
        .left = padding.left,
        .right =
            padding.right - extra.second + rest(kernel.second, stride.second, dilation.second)};
    if (crop.bottom < 0 || crop.right < 0) {
        return keras_refusal(
            layer, "output_padding", "Keras has no output beyond what the kernels touch");
    }
    std::vector<std::string> arguments = {std::to_string(layer.output.channels), pair_text(kernel)};
    add_option(arguments, "strides", stride, kOne);
    add_option(arguments, "dilation_rate", dilation, kOne);
    if (!layer.flag("bias", true)) {
        arguments.emplace_back("use_bias=False");
    }
    std::vector<std::string> calls = {keras_call(layer, "layers.Conv2DTranspose", arguments)};
    if (crop.any()) {
        calls.push_back("layers.Cropping2D(" + margins_text(crop) + ")");
    }
    return calls;
}

Layers keras_max_pool2d(const LayerDescription& layer) {
    if (layer.spatial("dilation", kOne) != kOne) {
        return keras_refusal(layer, "dilation", "Keras has no dilated pooling");
    }
    const auto kernel = layer.spatial("kernel_size", kOne);
    std::vector<std::string> arguments = {pair_text(kernel)};
    add_option(arguments, "strides", layer.spatial("stride", kernel), kernel);
    std::vector<std::string> calls;
    if (const Margins margins = ceil_padding_of(layer); margins.any()) {
        // Not zeros, which could be the largest.
        const auto axis = [](Index begin, Index end) {
            return "(" + std::to_string(begin) + ", " + std::to_string(end) + ")";
        };
        calls.push_back("layers.Lambda(lambda x: keras.ops.pad(x, ((0, 0), " +
                        axis(margins.top, margins.bottom) + ", " +
                        axis(margins.left, margins.right) +
                        ", (0, 0)), constant_values=float(\"-inf\")))");
    }
    calls.push_back(keras_call(layer, "layers.MaxPooling2D", arguments));
    return calls;
}

Layers keras_avg_pool2d(const LayerDescription& layer) {
    const Margins margins = ceil_padding_of(layer);
    if (margins != padding_of(layer)) {
        return keras_refusal(
            layer, "ceil_mode", "Keras rounds the number of outputs down, which drops some here");
    }
    if (margins.any() && !layer.flag("count_include_pad", true)) {
        return keras_refusal(layer, "count_include_pad", "Keras counts the zeros around an image");
    }
    const auto kernel = layer.spatial("kernel_size", kOne);
    std::vector<std::string> arguments = {pair_text(kernel)};
    add_option(arguments, "strides", layer.spatial("stride", kernel), kernel);
    std::vector<std::string> calls;
    if (margins.any()) {
        calls.push_back("layers.ZeroPadding2D(" + margins_text(margins) + ")");
    }
    calls.push_back(keras_call(layer, "layers.AveragePooling2D", arguments));
    return calls;
}

Layers keras_adaptive_avg_pool2d(const LayerDescription& layer) {
    const auto& [input, output] = std::pair(layer.input, layer.output);
    if (output.height == 1 && output.width == 1) {
        return std::vector<std::string>{
            keras_call(layer, "layers.GlobalAveragePooling2D", {"keepdims=True"})};
    }
    if (input.height % output.height != 0 || input.width % output.width != 0) {
        return keras_refusal(layer,
                             "output_size",
                             "Keras needs one that divides the input's " +
                                 std::to_string(input.height) + "×" + std::to_string(input.width));
    }
    const std::pair<Index, Index> kernel(input.height / output.height, input.width / output.width);
    return std::vector<std::string>{
        keras_call(layer, "layers.AveragePooling2D", {pair_text(kernel)})};
}

}  // namespace convoscope
