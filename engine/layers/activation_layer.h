#pragma once

#include <memory>
#include <span>

#include "engine/core/shape.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The layer of a function of each number by itself. Private to `layers/`.
///
/// `Function` is a plain struct with
///     void forward(std::span<const float> input, std::span<float> output) const;
///     void backward(const BackwardPass& pass, std::span<float> d_input) const;
template <class Function>
class ActivationLayer final : public Layer {
  public:
    ActivationLayer(const Function& function, const Shape& shape)
        : function_(function), shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    void forward(const ForwardPass& pass) const override {
        function_.forward(pass.inputs.front(), pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            function_.backward(pass, pass.d_inputs.front());
        }
    }

  private:
    Function function_;
    Shape shape_;
};

template <class Function>
[[nodiscard]] std::unique_ptr<Layer> make_activation_layer(const Function& function,
                                                           const Shape& shape) {
    return std::make_unique<ActivationLayer<Function>>(function, shape);
}

}  // namespace convoscope
