#include "web/models/convolve/framework_code.h"

#include <algorithm>

namespace convoscope::models::convolve {
namespace {

std::string pair_text(Index height, Index width) {
    const std::string h = std::to_string(height);
    return height == width ? h : "(" + h + ", " + std::to_string(width) + ")";
}

std::string named(const char* name, Index height, Index width, Index usual) {
    const bool said = height != usual || width != usual;
    return said ? std::string(", ") + name + "=" + pair_text(height, width) : std::string();
}

std::string no_bias(const Setup& setup, const char* argument) {
    const bool none = std::ranges::all_of(setup.bias, [](double value) { return value == 0.0; });
    return none ? std::string(", ") + argument + "=False" : std::string();
}

bool is_symmetric(const Setup& setup) {
    return has_symmetric_padding(setup.height) && has_symmetric_padding(setup.width);
}

std::string sides(const Setup& setup) {
    return "(" + std::to_string(setup.width.padding_begin) + ", " +
           std::to_string(setup.width.padding_end) + ", " +
           std::to_string(setup.height.padding_begin) + ", " +
           std::to_string(setup.height.padding_end) + ")";
}

const char* pad_layer_name(PaddingMode mode) {
    switch (mode) {
        case PaddingMode::zeros:
            return "nn.ZeroPad2d(";
        case PaddingMode::reflect:
            return "nn.ReflectionPad2d(";
        case PaddingMode::replicate:
            return "nn.ReplicationPad2d(";
        case PaddingMode::circular:
            return "nn.CircularPad2d(";
    }
    return "";
}

/// Of a layer before the one that cannot pad its sides differently.
std::string pad_layer(const Setup& setup) {
    if (setup.operation == Operation::max_pool) {
        return "nn.ConstantPad2d(" + sides(setup) + ", -inf)";
    }
    const bool pooling = is_pooling(setup.operation);
    return std::string(pad_layer_name(pooling ? PaddingMode::zeros : setup.padding_mode)) +
           sides(setup) + ")";
}

std::string pytorch_layer(const Setup& setup, bool pads_itself) {
    const AxisSetup& h = setup.height;
    const AxisSetup& w = setup.width;
    const std::string kernel = pair_text(h.kernel, w.kernel);
    const std::string padding =
        pads_itself ? named("padding", h.padding_begin, w.padding_begin, 0) : std::string();
    const std::string dilation = named("dilation", h.dilation, w.dilation, 1);
    if (is_pooling(setup.operation)) {
        const bool maximum = setup.operation == Operation::max_pool;
        return std::string(maximum ? "nn.MaxPool2d(" : "nn.AvgPool2d(") + kernel +
               ", stride=" + pair_text(h.stride, w.stride) + padding + (maximum ? dilation : "") +
               ")";
    }
    const std::string stride = named("stride", h.stride, w.stride, 1);
    const std::string channels = "(" + std::to_string(setup.input_channels) + ", " +
                                 std::to_string(setup.output_channels) + ", kernel_size=" + kernel;
    const std::string groups = named("groups", setup.groups, setup.groups, 1);
    if (setup.operation == Operation::transposed) {
        return "nn.ConvTranspose2d" + channels + stride + padding +
               named("output_padding", h.output_padding, w.output_padding, 0) + groups + dilation +
               no_bias(setup, "bias") + ")";
    }
    const bool other_mode = pads_itself && setup.padding_mode != PaddingMode::zeros;
    const std::string mode =
        other_mode ? ", padding_mode=\"" + std::string(name_of(setup.padding_mode)) + "\"" : "";
    return "nn.Conv2d" + channels + stride + padding + dilation + groups + mode +
           no_bias(setup, "bias") + ")";
}

bool is_turned(const Setup& setup) {
    return setup.turn_kernel && !is_pooling(setup.operation);
}

std::string keras_padding(const Setup& setup) {
    const AxisSetup& h = setup.height;
    const AxisSetup& w = setup.width;
    if (is_symmetric(setup)) {
        return pair_text(h.padding_begin, w.padding_begin);
    }
    return "((" + std::to_string(h.padding_begin) + ", " + std::to_string(h.padding_end) + "), (" +
           std::to_string(w.padding_begin) + ", " + std::to_string(w.padding_end) + "))";
}

bool has_padding(const Setup& setup) {
    return setup.height.padding_begin + setup.height.padding_end + setup.width.padding_begin +
               setup.width.padding_end >
           0;
}

/// What ops.pad puts there: what never wins a maximum, or more of the picture.
const char* pad_argument(const Setup& setup) {
    if (setup.operation == Operation::max_pool) {
        return "constant_values=-inf";
    }
    switch (setup.padding_mode) {
        case PaddingMode::reflect:
            return "mode=\"reflect\"";
        case PaddingMode::replicate:
            return "mode=\"edge\"";
        case PaddingMode::circular:
            return "mode=\"wrap\"";
        case PaddingMode::zeros:
            break;
    }
    return "mode=\"constant\"";
}

/// Before the layer: the layers of Keras pad by nothing but zeros.
std::string keras_before(const Setup& setup) {
    if (!has_padding(setup)) {
        return {};
    }
    const bool maximum = setup.operation == Operation::max_pool;
    const PaddingMode mode = is_pooling(setup.operation) ? PaddingMode::zeros : setup.padding_mode;
    if (mode == PaddingMode::zeros && !maximum) {
        return "layers.ZeroPadding2D(" + keras_padding(setup) + "); ";
    }
    const auto side = [](const AxisSetup& axis) {
        return "(" + std::to_string(axis.padding_begin) + ", " + std::to_string(axis.padding_end) +
               ")";
    };
    return "x = ops.pad(x, ((0, 0), " + side(setup.height) + ", " + side(setup.width) +
           ", (0, 0)), " + pad_argument(setup) + "); ";
}

/// What is said after the line: how its weights lie, or what Keras has not.
std::string keras_remark(const Setup& setup) {
    if (setup.operation == Operation::max_pool &&
        (setup.height.dilation > 1 || setup.width.dilation > 1)) {
        return "  # has no dilation";
    }
    if (setup.operation == Operation::transposed && setup.groups > 1) {
        return "  # has no groups";
    }
    return is_turned(setup) ? "  # w[::-1, ::-1]" : "";
}

}  // namespace

std::string pytorch_line(const Setup& setup) {
    const std::string turn = is_turned(setup) ? "  # w.flip(-2, -1)" : "";
    if (is_symmetric(setup) || setup.operation == Operation::transposed) {
        return pytorch_layer(setup, true) + turn;
    }
    return "nn.Sequential(" + pad_layer(setup) + ", " + pytorch_layer(setup, false) + ")" + turn;
}

std::string keras_line(const Setup& setup) {
    const AxisSetup& h = setup.height;
    const AxisSetup& w = setup.width;
    const std::string kernel = pair_text(h.kernel, w.kernel);
    const std::string strides = named("strides", h.stride, w.stride, 1);
    const std::string dilation = named("dilation_rate", h.dilation, w.dilation, 1);
    if (setup.operation == Operation::transposed) {
        const bool cropped = h.padding_begin + w.padding_begin > 0;
        const std::string crop =
            cropped ? "; layers.Cropping2D(" + pair_text(h.padding_begin, w.padding_begin) + ")"
                    : "";
        const std::string added = named("output_padding", h.output_padding, w.output_padding, 0);
        return "layers.Conv2DTranspose(" + std::to_string(setup.output_channels) + ", " + kernel +
               strides + added + dilation + no_bias(setup, "use_bias") + ")" + crop +
               keras_remark(setup);
    }
    const std::string before = keras_before(setup);
    if (is_pooling(setup.operation)) {
        const bool maximum = setup.operation == Operation::max_pool;
        return before + (maximum ? "layers.MaxPooling2D(" : "layers.AveragePooling2D(") + kernel +
               ", strides=" + pair_text(h.stride, w.stride) + ")" + keras_remark(setup);
    }
    return before + "layers.Conv2D(" + std::to_string(setup.output_channels) + ", " + kernel +
           strides + dilation + named("groups", setup.groups, setup.groups, 1) +
           no_bias(setup, "use_bias") + ")" + keras_remark(setup);
}

}  // namespace convoscope::models::convolve
