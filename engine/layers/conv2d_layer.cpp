#include "engine/layers/conv2d_layer.h"

#include <algorithm>
#include <string>

#include "engine/core/check.h"
#include "engine/core/window.h"
#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/conv2d_geometry.h"
#include "engine/kernels/gather.h"

namespace convoscope {
namespace {

using kernels::Conv2dGeometry;

Window vertical_window(const Conv2dSpec& spec) {
    return {.size = spec.kernel_height,
            .stride = spec.stride_height,
            .padding_begin = spec.padding_top,
            .padding_end = spec.padding_bottom,
            .dilation = spec.dilation_height};
}

Window horizontal_window(const Conv2dSpec& spec) {
    return {.size = spec.kernel_width,
            .stride = spec.stride_width,
            .padding_begin = spec.padding_left,
            .padding_end = spec.padding_right,
            .dilation = spec.dilation_width};
}

/// Parameters: weights `[oc][kh][kw][ic]`, then biases. Packed: the forward panels, then the
/// backward ones.
class Conv2dLayer final : public Layer {
  public:
    Conv2dLayer(const Conv2dGeometry& geometry, bool has_bias)
        : geometry_(geometry),
          has_bias_(has_bias),
          forward_plan_(kernels::plan_conv2d_forward(geometry)),
          backward_plan_(kernels::plan_conv2d_backward_input(geometry)) {}

    [[nodiscard]] Shape output_shape() const override { return geometry_.output; }

    [[nodiscard]] std::vector<ParameterInfo> parameters() const override {
        const Index cells = geometry_.kernel_cells();
        const Index fan_in = geometry_.group_in_channels() * cells;
        // As PyTorch counts it: the weight's first axis, whatever the groups.
        const Index fan_out = geometry_.output.channels * cells;
        std::vector<ParameterInfo> parameters{{.name = "weight",
                                               .shape = {geometry_.output.channels,
                                                         geometry_.group_in_channels(),
                                                         geometry_.vertical.size,
                                                         geometry_.horizontal.size},
                                               .offset = 0,
                                               .count = geometry_.weight_count(),
                                               .fan_in = fan_in,
                                               .fan_out = fan_out}};
        if (has_bias_) {
            parameters.push_back({.name = "bias",
                                  .shape = {geometry_.output.channels},
                                  .offset = geometry_.weight_count(),
                                  .count = geometry_.output.channels,
                                  .fan_in = fan_in,
                                  .fan_out = fan_out});
        }
        return parameters;
    }

    [[nodiscard]] LayerMemory memory() const override {
        return {.packed_floats = forward_plan_.panel_floats() + backward_plan_.panel_floats()};
    }

    [[nodiscard]] Index multiply_accumulates() const override {
        return geometry_.output.element_count() * geometry_.weights_per_output();
    }

    void pack(std::span<const float> parameters, std::span<float> packed) const override {
        const auto weights = weights_of(parameters);
        kernels::pack_conv2d_forward(forward_plan_, weights, forward_panels(packed));
        kernels::pack_conv2d_backward_input(backward_plan_, weights, backward_panels(packed));
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
            geometry_, pass.inputs.front(), pass.d_output, weights_of(pass.d_parameters));
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
        CONVOSCOPE_CHECK(std::ssize(pytorch_order) == geometry_.weight_count());
        for_each_weight([&](std::size_t engine, std::size_t pytorch) {
            pytorch_order[pytorch] = engine_order[engine];
        });
    }

    void from_pytorch_order(Index parameter_index,
                            std::span<const float> pytorch_order,
                            std::span<float> engine_order) const override {
        if (parameter_index != 0) {
            Layer::from_pytorch_order(parameter_index, pytorch_order, engine_order);
            return;
        }
        CONVOSCOPE_CHECK(std::ssize(pytorch_order) == geometry_.weight_count());
        for_each_weight([&](std::size_t engine, std::size_t pytorch) {
            engine_order[engine] = pytorch_order[pytorch];
        });
    }

  private:
    template <class Value>
    [[nodiscard]] std::span<Value> weights_of(std::span<Value> parameters) const {
        return parameters.first(static_cast<std::size_t>(geometry_.weight_count()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> bias_of(std::span<Value> parameters) const {
        return parameters.subspan(static_cast<std::size_t>(geometry_.weight_count()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> forward_panels(std::span<Value> packed) const {
        return packed.first(static_cast<std::size_t>(forward_plan_.panel_floats()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> backward_panels(std::span<Value> packed) const {
        return packed.subspan(static_cast<std::size_t>(forward_plan_.panel_floats()));
    }

    /// Calls visit(place in `[oc][kh][kw][ic]`, place in `[oc][ic][kh][kw]`) for every weight.
    template <class Visit>
    void for_each_weight(const Visit& visit) const {
        const Index cells = geometry_.kernel_cells();
        const Index channels = geometry_.group_in_channels();
        std::size_t engine = 0;
        for (Index out = 0; out < geometry_.output.channels; ++out) {
            for (Index cell = 0; cell < cells; ++cell) {
                for (Index in = 0; in < channels; ++in) {
                    visit(engine++, static_cast<std::size_t>((out * channels + in) * cells + cell));
                }
            }
        }
    }

    Conv2dGeometry geometry_;
    bool has_bias_;
    kernels::GatherPlan forward_plan_;
    kernels::GatherPlan backward_plan_;
};

}  // namespace

Status check_conv2d(const Conv2dSpec& spec, const Shape& input) {
    if (input.flat) {
        return Error{
            "conv2d needs a volume [channels, height, width], but its input is a flat vector of " +
            input.text()};
    }
    if (spec.out_channels < 1) {
        return Error{"out_channels is " + std::to_string(spec.out_channels) +
                     ", expected at least 1"};
    }
    if (spec.groups < 1 || input.channels % spec.groups != 0 ||
        spec.out_channels % spec.groups != 0) {
        return Error{"groups is " + std::to_string(spec.groups) +
                     ", expected a divisor of both the " + std::to_string(input.channels) +
                     " input channels and the " + std::to_string(spec.out_channels) +
                     " out_channels"};
    }
    if (const auto height = output_extent(vertical_window(spec), input.height, "height"); !height) {
        return height.error();
    }
    if (const auto width = output_extent(horizontal_window(spec), input.width, "width"); !width) {
        return width.error();
    }
    return success();
}

std::unique_ptr<Layer> make_conv2d_layer(const Conv2dSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(check_conv2d(spec, input).ok());
    const Window vertical = vertical_window(spec);
    const Window horizontal = horizontal_window(spec);
    const Shape output{.channels = spec.out_channels,
                       .height = output_extent(vertical, input.height, "height").value(),
                       .width = output_extent(horizontal, input.width, "width").value()};
    const Conv2dGeometry geometry{.input = input,
                                  .output = output,
                                  .vertical = vertical,
                                  .horizontal = horizontal,
                                  .groups = spec.groups};
    return std::make_unique<Conv2dLayer>(geometry, spec.bias);
}

}  // namespace convoscope
