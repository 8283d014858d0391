#include "engine/layers/max_pool2d_layer.h"

#include <string>

#include "engine/core/check.h"
#include "engine/core/window.h"
#include "engine/kernels/max_pool2d.h"
#include "engine/layers/volume_checks.h"

namespace convoscope {
namespace {

Window vertical_window(const MaxPool2dSpec& spec) {
    return {.size = spec.kernel_height,
            .stride = spec.stride_height,
            .padding_begin = spec.padding_height,
            .padding_end = spec.padding_height,
            .dilation = spec.dilation_height,
            .ceil_mode = spec.ceil_mode};
}

Window horizontal_window(const MaxPool2dSpec& spec) {
    return {.size = spec.kernel_width,
            .stride = spec.stride_width,
            .padding_begin = spec.padding_width,
            .padding_end = spec.padding_width,
            .dilation = spec.dilation_width,
            .ceil_mode = spec.ceil_mode};
}

class MaxPool2dLayer final : public Layer {
  public:
    explicit MaxPool2dLayer(const kernels::Pool2dGeometry& geometry) : geometry_(geometry) {}

    [[nodiscard]] Shape output_shape() const override { return geometry_.output; }

    [[nodiscard]] LayerMemory memory() const override {
        return {.saved_bytes =
                    geometry_.output.element_count() * kLanes * geometry_.winner_bytes()};
    }

    void forward(const ForwardPass& pass) const override {
        kernels::max_pool2d_forward(geometry_, pass.inputs.front(), pass.output, pass.saved);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::max_pool2d_backward(
                geometry_, pass.saved, pass.d_output, pass.d_inputs.front());
        }
    }

  private:
    kernels::Pool2dGeometry geometry_;
};

}  // namespace

Status check_max_pool2d(const MaxPool2dSpec& spec, const Shape& input) {
    if (const Status volume = check_volume("max_pool2d", input); !volume) {
        return volume;
    }
    if (const Status height = check_pooling_window(vertical_window(spec), input.height, "height");
        !height) {
        return height;
    }
    return check_pooling_window(horizontal_window(spec), input.width, "width");
}

std::unique_ptr<Layer> make_max_pool2d_layer(const MaxPool2dSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(check_max_pool2d(spec, input).ok());
    const Window vertical = vertical_window(spec);
    const Window horizontal = horizontal_window(spec);
    const Shape output{.channels = input.channels,
                       .height = output_extent(vertical, input.height, "height").value(),
                       .width = output_extent(horizontal, input.width, "width").value()};
    return std::make_unique<MaxPool2dLayer>(kernels::Pool2dGeometry{
        .input = input, .output = output, .vertical = vertical, .horizontal = horizontal});
}

}  // namespace convoscope
