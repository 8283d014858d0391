// Convolution and pooling as ONNX operators. Where an operator of ONNX means something else than
// PyTorch's, or runtimes disagree about it, the layer is put together from plainer ones.

#include <algorithm>
#include <limits>

#include "engine/exchange/onnx/onnx_layer.h"

namespace convoscope {
namespace {

using Integers = std::vector<std::int64_t>;

Integers pair_of(std::pair<Index, Index> pair) {
    return {pair.first, pair.second};
}

/// ONNX's order for operators on images.
Integers pads_of(const Margins& margins) {
    return {margins.top, margins.left, margins.bottom, margins.right};
}

/// Pads with a constant, or as one of the modes of the operator Pad says.
std::string pad(const OnnxLayer& layer,
                const std::string& input,
                const Margins& margins,
                const std::string& mode,
                double value = 0.0) {
    const std::string pads = layer.integers(
        "pads", {0, 0, margins.top, margins.left, 0, 0, margins.bottom, margins.right});
    std::vector<std::string> operands = {input, pads};
    if (mode == "constant") {
        operands.push_back(layer.scalar("pad_value", value));
    }
    return layer.step("padded", "Pad", operands, {{"mode", mode}});
}

/// One axis continued around the edge: its end, itself, its beginning.
std::string wrap(const OnnxLayer& layer,
                 const std::string& input,
                 std::int64_t axis,
                 Index extent,
                 Index begin,
                 Index end) {
    const std::string tag = axis == 2 ? "rows_" : "columns_";
    const std::string axes = layer.integers(tag + "axes", {axis});
    const auto slice = [&](const std::string& part, Index from, Index to) {
        return layer.step(tag + part,
                          "Slice",
                          {input,
                           layer.integers(tag + part + "_from", {from}),
                           layer.integers(tag + part + "_to", {to}),
                           axes});
    };
    std::vector<std::string> parts;
    if (begin > 0) {
        parts.push_back(slice("last", extent - begin, extent));
    }
    parts.push_back(input);
    if (end > 0) {
        parts.push_back(slice("first", 0, end));
    }
    return parts.size() == 1 ? input
                             : layer.step(tag + "wrapped", "Concat", parts, {{"axis", axis}});
}

Integers kernel_of(const LayerDescription& layer) {
    return pair_of(layer.spatial("kernel_size", {1, 1}));
}

/// Pooling's stride is its kernel where the file gives none.
Integers pool_stride_of(const LayerDescription& layer) {
    return pair_of(layer.spatial("stride", layer.spatial("kernel_size", {1, 1})));
}

/// Along one axis, how many positions each window averages over: with `count_padding` those up to
/// the end of the padding, as PyTorch counts, else those on the image.
std::vector<float> divisors(
    Index outputs, Index stride, Index kernel, Index padding, Index extent, bool count_padding) {
    std::vector<float> counts;
    for (Index output = 0; output < outputs; ++output) {
        const Index start = output * stride - padding;
        const Index end = std::min(start + kernel, extent + (count_padding ? padding : 0));
        const Index first = count_padding ? start : std::max<Index>(start, 0);
        counts.push_back(static_cast<float>(end - first));
    }
    return counts;
}

/// `[outputs, extent]`: row o averages the positions of window o. Multiplying with it is adaptive
/// pooling along one axis. Source: `torch.nn.AdaptiveAvgPool2d`.
std::vector<float> adaptive_matrix(Index outputs, Index extent) {
    std::vector<float> matrix(static_cast<std::size_t>(outputs * extent), 0.0F);
    for (Index output = 0; output < outputs; ++output) {
        const Index begin = output * extent / outputs;
        const Index end = ((output + 1) * extent + outputs - 1) / outputs;
        for (Index position = begin; position < end; ++position) {
            matrix[static_cast<std::size_t>(output * extent + position)] =
                1.0F / static_cast<float>(end - begin);
        }
    }
    return matrix;
}

}  // namespace

void write_onnx_conv2d(const OnnxLayer& layer) {
    const LayerDescription& spec = layer.layer;
    const std::string mode = spec.text("padding_mode", "zeros");
    Margins margins = padding_of(spec);
    std::string input = layer.input();
    if (mode != "zeros" && margins.any()) {
        if (mode == "circular") {
            input = wrap(layer, input, 2, spec.input.height, margins.top, margins.bottom);
            input = wrap(layer, input, 3, spec.input.width, margins.left, margins.right);
        } else {
            input = pad(layer, input, margins, mode == "replicate" ? "edge" : mode);
        }
        margins = {};
    }
    std::vector<std::string> operands = {input, layer.parameter("weight")};
    if (spec.flag("bias", true)) {
        operands.push_back(layer.parameter("bias"));
    }
    layer.finish("Conv",
                 operands,
                 {{"kernel_shape", kernel_of(spec)},
                  {"strides", pair_of(spec.spatial("stride", {1, 1}))},
                  {"pads", pads_of(margins)},
                  {"dilations", pair_of(spec.spatial("dilation", {1, 1}))},
                  {"group", std::int64_t{spec.integer("groups", 1)}}});
}

void write_onnx_conv_transpose2d(const OnnxLayer& layer) {
    const LayerDescription& spec = layer.layer;
    const auto stride = spec.spatial("stride", {1, 1});
    const auto extra = spec.spatial("output_padding", {0, 0});
    const Margins margins = padding_of(spec);
    const bool has_bias = spec.flag("bias", true);
    std::vector<std::string> operands = {layer.input(), layer.parameter("weight")};
    std::vector<OnnxAttribute> attributes = {
        {"kernel_shape", kernel_of(spec)},
        {"strides", pair_of(stride)},
        {"dilations", pair_of(spec.spatial("dilation", {1, 1}))},
        {"group", std::int64_t{spec.integer("groups", 1)}}};
    if (extra.first < stride.first && extra.second < stride.second) {
        if (has_bias) {
            operands.push_back(layer.parameter("bias"));
        }
        attributes.emplace_back("pads", pads_of(margins));
        attributes.emplace_back("output_padding", pair_of(extra));
        layer.finish("ConvTranspose", operands, attributes);
        return;
    }
    // Runtimes want output_padding below the stride, where PyTorch asks for less than stride or
    // dilation: everything the kernels touch, then cut or lengthened (negative pads cut).
    const std::string whole = layer.step("whole", "ConvTranspose", operands, attributes);
    const Margins cut{.top = -margins.top,
                      .bottom = extra.first - margins.bottom,
                      .left = -margins.left,
                      .right = extra.second - margins.right};
    const std::string sized = pad(layer, whole, cut, "constant");
    if (has_bias) {
        layer.finish("Add", {sized, layer.parameter("bias", {spec.output.channels, 1, 1})});
    } else {
        layer.finish("Identity", {sized});
    }
}

void write_onnx_max_pool2d(const OnnxLayer& layer) {
    const LayerDescription& spec = layer.layer;
    Margins margins = ceil_padding_of(spec);
    std::string input = layer.input();
    if (spec.flag("ceil_mode", false) && margins != padding_of(spec)) {
        // Windows that reach beyond the padding: runtimes round up in ways of their own.
        input = pad(layer, input, margins, "constant", -std::numeric_limits<double>::infinity());
        margins = {};
    }
    layer.finish("MaxPool",
                 {input},
                 {{"kernel_shape", kernel_of(spec)},
                  {"strides", pool_stride_of(spec)},
                  {"pads", pads_of(margins)},
                  {"dilations", pair_of(spec.spatial("dilation", {1, 1}))}});
}

void write_onnx_avg_pool2d(const OnnxLayer& layer) {
    const LayerDescription& spec = layer.layer;
    const Margins margins = ceil_padding_of(spec);
    const bool count_padding = spec.flag("count_include_pad", true);
    const Integers kernel = kernel_of(spec);
    const Integers stride = pool_stride_of(spec);
    if (margins == padding_of(spec)) {
        layer.finish("AveragePool",
                     {layer.input()},
                     {{"kernel_shape", kernel},
                      {"strides", stride},
                      {"pads", pads_of(margins)},
                      {"count_include_pad", std::int64_t{count_padding ? 1 : 0}}});
        return;
    }
    // Windows that reach beyond the padding divide by fewer positions than the kernel has: an
    // average over all of them, and then a factor for each output.
    const std::string padded = pad(layer, layer.input(), margins, "constant");
    const std::string average = layer.step(
        "average", "AveragePool", {padded}, {{"kernel_shape", kernel}, {"strides", stride}});
    const auto [KH, KW] = spec.spatial("kernel_size", {1, 1});
    const std::vector<float> rows = divisors(spec.output.height,
                                             static_cast<Index>(stride[0]),
                                             KH,
                                             margins.top,
                                             spec.input.height,
                                             count_padding);
    const std::vector<float> columns = divisors(spec.output.width,
                                                static_cast<Index>(stride[1]),
                                                KW,
                                                margins.left,
                                                spec.input.width,
                                                count_padding);
    std::vector<float> factors;
    for (const float row : rows) {
        for (const float column : columns) {
            factors.push_back(static_cast<float>(KH * KW) / (row * column));
        }
    }
    layer.finish(
        "Mul",
        {average, layer.floats("factor", {1, 1, spec.output.height, spec.output.width}, factors)});
}

void write_onnx_adaptive_avg_pool2d(const OnnxLayer& layer) {
    const auto& [input, output] = std::pair(layer.layer.input, layer.layer.output);
    if (output.height == 1 && output.width == 1) {
        layer.finish("GlobalAveragePool", {layer.input()});
        return;
    }
    const std::vector<float> rows = adaptive_matrix(output.height, input.height);
    const std::vector<float> columns = adaptive_matrix(output.width, input.width);
    std::vector<float> transposed(columns.size());
    for (Index o = 0; o < output.width; ++o) {
        for (Index i = 0; i < input.width; ++i) {
            transposed[static_cast<std::size_t>(i * output.width + o)] =
                columns[static_cast<std::size_t>(o * input.width + i)];
        }
    }
    const std::string tall =
        layer.step("rows_averaged",
                   "MatMul",
                   {layer.floats("rows", {output.height, input.height}, rows), layer.input()});
    layer.finish("MatMul",
                 {tall, layer.floats("columns", {input.width, output.width}, transposed)});
}

/// ONNX's own LRN has its window of an even size elsewhere, and runtimes refuse such a size.
/// y = x / (k + alpha · mean of x² over `size` channels)^beta; Source:
/// `torch.nn.LocalResponseNorm`.
void write_onnx_local_response_norm(const OnnxLayer& layer) {
    const LayerDescription& spec = layer.layer;
    const Index size = spec.integer("size", 1);
    const Shape& shape = spec.input;
    const std::string squares = layer.step("squares", "Mul", {layer.input(), layer.input()});
    // Channels become rows, so that a pooling window slides over them.
    const std::string flat = layer.step(
        "flat",
        "Reshape",
        {squares,
         layer.integers("flat_shape", {-1, 1, shape.channels, Index{shape.height * shape.width}})});
    const std::string padded =
        pad(layer,
            flat,
            {.top = size / 2, .bottom = (size - 1) / 2, .left = 0, .right = 0},
            "constant");
    const std::string mean =
        layer.step("mean", "AveragePool", {padded}, {{"kernel_shape", Integers{size, 1}}});
    const std::string volume = layer.step(
        "volume",
        "Reshape",
        {mean, layer.integers("shape", {-1, shape.channels, shape.height, shape.width})});
    const std::string scaled =
        layer.step("scaled", "Mul", {volume, layer.scalar("alpha", spec.number("alpha", 1e-4))});
    const std::string sum =
        layer.step("sum", "Add", {scaled, layer.scalar("k", spec.number("k", 1.0))});
    const std::string power =
        layer.step("power", "Pow", {sum, layer.scalar("beta", spec.number("beta", 0.75))});
    layer.finish("Div", {layer.input(), power});
}

}  // namespace convoscope
