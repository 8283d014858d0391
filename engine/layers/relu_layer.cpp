#include "engine/layers/relu_layer.h"

#include "engine/kernels/activation.h"

namespace convoscope {
namespace {

class ReluLayer final : public Layer {
  public:
    explicit ReluLayer(const Shape& shape) : shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    void forward(const ForwardPass& pass) const override {
        kernels::relu_forward(pass.inputs.front(), pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::relu_backward(pass.output, pass.d_output, pass.d_inputs.front());
        }
    }

  private:
    Shape shape_;
};

}  // namespace

std::unique_ptr<Layer> make_relu_layer(const Shape& input) {
    return std::make_unique<ReluLayer>(input);
}

}  // namespace convoscope
