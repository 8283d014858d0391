#include "engine/layers/mean_pool_layer.h"

#include <utility>

namespace convoscope {
namespace {

class MeanPoolLayer final : public Layer {
  public:
    explicit MeanPoolLayer(kernels::MeanPool2d pool) : pool_(std::move(pool)) {}

    [[nodiscard]] Shape output_shape() const override { return pool_.output(); }

    void forward(const ForwardPass& pass) const override {
        kernels::mean_pool2d_forward(pool_, pass.inputs.front(), pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::mean_pool2d_backward(pool_, pass.d_output, pass.d_inputs.front());
        }
    }

  private:
    kernels::MeanPool2d pool_;
};

}  // namespace

std::unique_ptr<Layer> make_mean_pool_layer(kernels::MeanPool2d pool) {
    return std::make_unique<MeanPoolLayer>(std::move(pool));
}

}  // namespace convoscope
