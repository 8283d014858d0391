#include "engine/layers/conv2d_layer.h"

#include <optional>
#include <utility>
#include <vector>

#include "engine/core/check.h"
#include "engine/core/window.h"
#include "engine/kernels/conv2d_geometry.h"
#include "engine/kernels/pad2d.h"
#include "engine/layers/convolution_layer.h"
#include "engine/layers/volume_checks.h"

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

/// The padded positions along one axis, as positions of the input.
std::vector<Index> sources(PaddingMode mode, const Window& window, Index input) {
    std::vector<Index> positions;
    for (Index position = -window.padding_begin; position < input + window.padding_end;
         ++position) {
        positions.push_back(padded_source(mode, position, input));
    }
    return positions;
}

/// Zeros are never stored: the kernels leave them out. Any other padding is written out, and the
/// convolution works on the padded image without padding of its own.
std::optional<kernels::Pad2d> pad_of(const Conv2dSpec& spec, const Shape& input) {
    const bool any = spec.padding_top > 0 || spec.padding_bottom > 0 || spec.padding_left > 0 ||
                     spec.padding_right > 0;
    if (spec.padding_mode == PaddingMode::zeros || !any) {
        return std::nullopt;
    }
    return kernels::Pad2d{
        .input = input,
        .rows = sources(spec.padding_mode, vertical_window(spec), input.height),
        .columns = sources(spec.padding_mode, horizontal_window(spec), input.width)};
}

/// Scratch: the method's, then the padded image or its gradient.
class Conv2dLayer final : public ConvolutionLayer {
  public:
    /// `geometry` is that of the padded image, if there is a pad.
    Conv2dLayer(const Conv2dGeometry& geometry, std::optional<kernels::Pad2d> pad, bool has_bias)
        : ConvolutionLayer(geometry, geometry.output, has_bias), pad_(std::move(pad)) {}

    [[nodiscard]] LayerMemory memory() const override {
        LayerMemory memory = ConvolutionLayer::memory();
        memory.scratch_floats += pad_ ? geometry().input.element_count() * kLanes : 0;
        return memory;
    }

    void forward(const ForwardPass& pass) const override {
        method().forward(pass.packed,
                         bias_of(pass.parameters),
                         padded(pass.inputs.front(), pass.scratch),
                         pass.scratch,
                         pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_parameters.empty()) {
            backward_parameters(pass, padded(pass.inputs.front(), pass.scratch), pass.d_output);
        }
        const std::span<float> d_input = pass.d_inputs.front();
        if (d_input.empty()) {
            return;
        }
        const std::span<float> d_padded = pad_ ? image_in(pass.scratch) : d_input;
        method().backward_input(pass.packed, {}, pass.d_output, pass.scratch, d_padded);
        if (pad_) {
            kernels::pad2d_backward(*pad_, d_padded, d_input);
        }
    }

  private:
    [[nodiscard]] std::span<float> image_in(std::span<float> scratch) const {
        return scratch.subspan(at(method().scratch_floats()),
                               at(geometry().input.element_count() * kLanes));
    }
    /// What the kernels read: the input itself, or its padded copy in `scratch`.
    [[nodiscard]] std::span<const float> padded(std::span<const float> input,
                                                std::span<float> scratch) const {
        if (!pad_) {
            return input;
        }
        kernels::pad2d_forward(*pad_, input, image_in(scratch));
        return image_in(scratch);
    }

    std::optional<kernels::Pad2d> pad_;
};

}  // namespace

Status check_conv2d(const Conv2dSpec& spec, const Shape& input) {
    if (const Status volume = check_volume("conv2d", input); !volume) {
        return volume;
    }
    if (const Status groups = check_groups(spec.groups, input.channels, spec.out_channels);
        !groups) {
        return groups;
    }
    if (const auto height = output_extent(vertical_window(spec), input.height, "height"); !height) {
        return height.error();
    }
    if (const auto width = output_extent(horizontal_window(spec), input.width, "width"); !width) {
        return width.error();
    }
    if (const Status height = check_padding(
            spec.padding_mode, spec.padding_top, spec.padding_bottom, input.height, "height");
        !height) {
        return height;
    }
    return check_padding(
        spec.padding_mode, spec.padding_left, spec.padding_right, input.width, "width");
}

std::unique_ptr<Layer> make_conv2d_layer(const Conv2dSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(check_conv2d(spec, input).ok());
    const Window vertical = vertical_window(spec);
    const Window horizontal = horizontal_window(spec);
    const Shape output{.channels = spec.out_channels,
                       .height = output_extent(vertical, input.height, "height").value(),
                       .width = output_extent(horizontal, input.width, "width").value()};
    std::optional<kernels::Pad2d> pad = pad_of(spec, input);
    Conv2dGeometry geometry{.input = pad ? pad->output() : input,
                            .output = output,
                            .vertical = vertical,
                            .horizontal = horizontal,
                            .groups = spec.groups};
    if (pad) {
        geometry.vertical.padding_begin = geometry.vertical.padding_end = 0;
        geometry.horizontal.padding_begin = geometry.horizontal.padding_end = 0;
    }
    return std::make_unique<Conv2dLayer>(geometry, std::move(pad), spec.bias);
}

}  // namespace convoscope
