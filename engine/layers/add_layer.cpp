#include "engine/layers/add_layer.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/elementwise.h"

namespace convoscope {
namespace {

class AddLayer final : public Layer {
  public:
    AddLayer(Index inputs, const Shape& shape) : inputs_(inputs), shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    void forward(const ForwardPass& pass) const override {
        CONVOSCOPE_CHECK(static_cast<Index>(pass.inputs.size()) == inputs_);
        kernels::add(pass.inputs[0], pass.inputs[1], pass.output);
        for (const std::span<const float> input : pass.inputs.subspan(2)) {
            kernels::add(pass.output, input, pass.output);
        }
    }

    void backward(const BackwardPass& pass) const override {
        for (const std::span<float> d_input : pass.d_inputs) {
            if (!d_input.empty()) {
                std::ranges::copy(pass.d_output, d_input.begin());
            }
        }
    }

  private:
    Index inputs_;
    Shape shape_;
};

}  // namespace

std::unique_ptr<Layer> make_add_layer(Index inputs, const Shape& shape) {
    CONVOSCOPE_CHECK(inputs >= 2);
    return std::make_unique<AddLayer>(inputs, shape);
}

}  // namespace convoscope
