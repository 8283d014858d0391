#include "engine/layers/conv_transpose2d_layer.h"

#include <algorithm>
#include <string>

#include "engine/core/check.h"
#include "engine/core/window.h"
#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/conv2d_geometry.h"
#include "engine/kernels/gather.h"
#include "engine/layers/conv2d_weights.h"
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
/// Parameters: weights in that convolution's order, then biases. Packed: the panels of the forward
/// pass, then those of the backward one.
class ConvTranspose2dLayer final : public Layer {
  public:
    ConvTranspose2dLayer(const Conv2dGeometry& transposed, bool has_bias)
        : transposed_(transposed),
          has_bias_(has_bias),
          forward_plan_(kernels::plan_conv2d_backward_input(transposed)),
          backward_plan_(kernels::plan_conv2d_forward(transposed)) {}

    [[nodiscard]] Shape output_shape() const override { return transposed_.input; }

    [[nodiscard]] std::vector<ParameterInfo> parameters() const override {
        const Index cells = transposed_.kernel_cells();
        // As PyTorch counts: the weight's second axis in, its first axis out.
        const Index fan_in = transposed_.group_in_channels() * cells;
        const Index fan_out = transposed_.output.channels * cells;
        std::vector<ParameterInfo> parameters{{.name = "weight",
                                               .shape = {transposed_.output.channels,
                                                         transposed_.group_in_channels(),
                                                         transposed_.vertical.size,
                                                         transposed_.horizontal.size},
                                               .count = transposed_.weight_count(),
                                               .fan_in = fan_in,
                                               .fan_out = fan_out}};
        if (has_bias_) {
            parameters.push_back({.name = "bias",
                                  .shape = {transposed_.input.channels},
                                  .offset = transposed_.weight_count(),
                                  .count = transposed_.input.channels,
                                  .fan_in = fan_in,
                                  .fan_out = fan_out});
        }
        return parameters;
    }

    [[nodiscard]] LayerMemory memory() const override {
        return {.packed_floats = forward_plan_.panel_floats() + backward_plan_.panel_floats()};
    }

    [[nodiscard]] Index multiply_accumulates() const override {
        return transposed_.output.element_count() * transposed_.weights_per_output();
    }

    void pack(std::span<const float> parameters,
              std::span<float> packed,
              const PackShare& share) const override {
        const auto weights = weights_of(parameters);
        kernels::pack_conv2d_backward_input(forward_plan_,
                                            share.of(std::ssize(forward_plan_.blocks)),
                                            weights,
                                            forward_panels(packed));
        kernels::pack_conv2d_forward(backward_plan_,
                                     share.of(std::ssize(backward_plan_.blocks)),
                                     weights,
                                     backward_panels(packed));
    }

    void forward(const ForwardPass& pass) const override {
        kernels::gather(forward_plan_,
                        forward_panels(pass.packed),
                        bias_of(pass.parameters),
                        pass.inputs.front(),
                        pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::gather(backward_plan_,
                            backward_panels(pass.packed),
                            {},
                            pass.d_output,
                            pass.d_inputs.front());
        }
        if (pass.d_parameters.empty()) {
            return;
        }
        if (!pass.accumulate) {
            std::ranges::fill(pass.d_parameters, 0.0F);
        }
        kernels::conv2d_backward_weights(
            transposed_, pass.d_output, pass.inputs.front(), weights_of(pass.d_parameters));
        if (has_bias_) {
            kernels::conv2d_backward_bias(pass.d_output, bias_of(pass.d_parameters));
        }
    }

    void to_pytorch_order(Index parameter_index,
                          std::span<const float> engine_order,
                          std::span<float> pytorch_order) const override {
        if (parameter_index != 0) {
            Layer::to_pytorch_order(parameter_index, engine_order, pytorch_order);
            return;
        }
        conv2d_weights_to_pytorch(transposed_, engine_order, pytorch_order);
    }

    void from_pytorch_order(Index parameter_index,
                            std::span<const float> pytorch_order,
                            std::span<float> engine_order) const override {
        if (parameter_index != 0) {
            Layer::from_pytorch_order(parameter_index, pytorch_order, engine_order);
            return;
        }
        conv2d_weights_from_pytorch(transposed_, pytorch_order, engine_order);
    }

  private:
    template <class Value>
    [[nodiscard]] std::span<Value> weights_of(std::span<Value> parameters) const {
        return parameters.first(static_cast<std::size_t>(transposed_.weight_count()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> bias_of(std::span<Value> parameters) const {
        return parameters.subspan(static_cast<std::size_t>(transposed_.weight_count()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> forward_panels(std::span<Value> packed) const {
        return packed.first(static_cast<std::size_t>(forward_plan_.panel_floats()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> backward_panels(std::span<Value> packed) const {
        return packed.subspan(static_cast<std::size_t>(forward_plan_.panel_floats()));
    }

    Conv2dGeometry transposed_;
    bool has_bias_;
    kernels::GatherPlan forward_plan_;
    kernels::GatherPlan backward_plan_;
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
