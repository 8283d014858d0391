#include "engine/layers/softmax_layer.h"

#include "engine/kernels/softmax.h"

namespace convoscope {
namespace {

class SoftmaxLayer final : public Layer {
  public:
    explicit SoftmaxLayer(const Shape& shape) : shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    void forward(const ForwardPass& pass) const override {
        kernels::softmax_forward(shape_.channels, pass.inputs.front(), pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::softmax_backward(
                shape_.channels, pass.output, pass.d_output, pass.d_inputs.front());
        }
    }

  private:
    Shape shape_;
};

}  // namespace

std::unique_ptr<Layer> make_softmax_layer(const Shape& input) {
    return std::make_unique<SoftmaxLayer>(input);
}

}  // namespace convoscope
