#include "engine/layers/conv_transpose2d_layer.h"

#include <algorithm>
#include <string>

#include "engine/core/check.h"
#include "engine/core/window.h"
#include "engine/kernels/conv2d_geometry.h"
#include "engine/layers/convolution_layer.h"
#include "engine/layers/volume_checks.h"

namespace convoscope {
namespace {

using kernels::Conv2dGeometry;

/// One axis of the attributes.
struct Axis {
    const char* name;
    Index input;
    Index kernel;
    Index stride;
    Index padding;
    Index output_padding;
    Index dilation;

    [[nodiscard]] Index output() const {
        return (input - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1;
    }
    [[nodiscard]] Window window() const {
        return {.size = kernel,
                .stride = stride,
                .padding_begin = padding,
                .padding_end = padding,
                .dilation = dilation};
    }
};

Axis vertical_axis(const ConvTranspose2dSpec& spec, const Shape& input) {
    return {.name = "height",
            .input = input.height,
            .kernel = spec.kernel_height,
            .stride = spec.stride_height,
            .padding = spec.padding_height,
            .output_padding = spec.output_padding_height,
            .dilation = spec.dilation_height};
}

Axis horizontal_axis(const ConvTranspose2dSpec& spec, const Shape& input) {
    return {.name = "width",
            .input = input.width,
            .kernel = spec.kernel_width,
            .stride = spec.stride_width,
            .padding = spec.padding_width,
            .output_padding = spec.output_padding_width,
            .dilation = spec.dilation_width};
}

/// The convolution that is transposed goes from this layer's output to its input: its weights
/// `[in][out/groups][kh][kw]` are this layer's, its way back is this layer's way forward.
class ConvTranspose2dLayer final : public ConvolutionLayer {
  public:
    ConvTranspose2dLayer(const Conv2dGeometry& transposed, bool has_bias)
        : ConvolutionLayer(transposed, transposed.input, has_bias) {}

    void forward(const ForwardPass& pass) const override {
        method().backward_input(
            pass.packed, bias_of(pass.parameters), pass.inputs.front(), pass.scratch, pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            method().forward(pass.packed, {}, pass.d_output, pass.scratch, pass.d_inputs.front());
        }
        if (!pass.d_parameters.empty()) {
            backward_parameters(pass, pass.d_output, pass.inputs.front());
        }
    }
};

Status check_axis(const Axis& axis) {
    const std::string along = std::string(" along the ") + axis.name + " is ";
    const auto too_small = [&](const char* what, Index given, Index least) {
        return Error{what + along + std::to_string(given) + ", expected at least " +
                     std::to_string(least)};
    };
    if (axis.kernel < 1) {
        return too_small("kernel_size", axis.kernel, 1);
    }
    if (axis.stride < 1) {
        return too_small("stride", axis.stride, 1);
    }
    if (axis.dilation < 1) {
        return too_small("dilation", axis.dilation, 1);
    }
    if (axis.padding < 0 || axis.output_padding < 0) {
        return too_small("padding", std::min(axis.padding, axis.output_padding), 0);
    }
    if (axis.output_padding >= std::max(axis.stride, axis.dilation)) {
        return Error{"output_padding" + along + std::to_string(axis.output_padding) +
                     ", expected less than the stride " + std::to_string(axis.stride) +
                     " or the dilation " + std::to_string(axis.dilation)};
    }
    if (axis.output() < 1) {
        return Error{"the output along the " + std::string(axis.name) + " comes to " +
                     std::to_string(axis.output()) + ", expected at least 1; the padding " +
                     std::to_string(axis.padding) + " cuts off more than there is"};
    }
    return success();
}

}  // namespace

Status check_conv_transpose2d(const ConvTranspose2dSpec& spec, const Shape& input) {
    if (const Status volume = check_volume("conv_transpose2d", input); !volume) {
        return volume;
    }
    if (const Status groups = check_groups(spec.groups, input.channels, spec.out_channels);
        !groups) {
        return groups;
    }
    if (const Status vertical = check_axis(vertical_axis(spec, input)); !vertical) {
        return vertical;
    }
    return check_axis(horizontal_axis(spec, input));
}

std::unique_ptr<Layer> make_conv_transpose2d_layer(const ConvTranspose2dSpec& spec,
                                                   const Shape& input) {
    CONVOSCOPE_CHECK(check_conv_transpose2d(spec, input).ok());
    const Axis vertical = vertical_axis(spec, input);
    const Axis horizontal = horizontal_axis(spec, input);
    const Conv2dGeometry transposed{.input = {.channels = spec.out_channels,
                                              .height = vertical.output(),
                                              .width = horizontal.output()},
                                    .output = input,
                                    .vertical = vertical.window(),
                                    .horizontal = horizontal.window(),
                                    .groups = spec.groups};
    return std::make_unique<ConvTranspose2dLayer>(transposed, spec.bias);
}

}  // namespace convoscope
