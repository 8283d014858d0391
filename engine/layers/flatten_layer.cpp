#include "engine/layers/flatten_layer.h"

#include "engine/kernels/permute.h"

namespace convoscope {
namespace {

class FlattenLayer final : public Layer {
  public:
    explicit FlattenLayer(const Shape& input) : input_(input) {}

    [[nodiscard]] Shape output_shape() const override { return flat_shape(input_.element_count()); }

    void forward(const ForwardPass& pass) const override {
        kernels::channels_first(input_, pass.inputs.front(), pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::channels_last(input_, pass.d_output, pass.d_inputs.front());
        }
    }

  private:
    Shape input_;
};

}  // namespace

std::unique_ptr<Layer> make_flatten_layer(const Shape& input) {
    return std::make_unique<FlattenLayer>(input);
}

}  // namespace convoscope
