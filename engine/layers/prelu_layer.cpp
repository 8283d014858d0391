#include "engine/layers/prelu_layer.h"

#include <algorithm>
#include <string>

#include "engine/core/check.h"
#include "engine/kernels/prelu.h"

namespace convoscope {
namespace {

class PreluLayer final : public Layer {
  public:
    PreluLayer(const PreluSpec& spec, const Shape& shape) : spec_(spec), shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    [[nodiscard]] std::vector<ParameterInfo> parameters() const override {
        return {{.name = "weight",
                 .shape = {spec_.num_parameters},
                 .count = spec_.num_parameters,
                 .initial_value = spec_.init}};
    }

    void forward(const ForwardPass& pass) const override {
        kernels::prelu_forward(shape_.channels, pass.parameters, pass.inputs.front(), pass.output);
    }

    void backward(const BackwardPass& pass) const override {
        // First the weights: the input's gradient may take the place of the output's.
        if (!pass.d_parameters.empty()) {
            if (!pass.accumulate) {
                std::ranges::fill(pass.d_parameters, 0.0F);
            }
            kernels::prelu_backward_weights(
                shape_.channels, pass.inputs.front(), pass.d_output, pass.d_parameters);
        }
        if (!pass.d_inputs.front().empty()) {
            kernels::prelu_backward_input(shape_.channels,
                                          pass.parameters,
                                          pass.inputs.front(),
                                          pass.d_output,
                                          pass.d_inputs.front());
        }
    }

  private:
    PreluSpec spec_;
    Shape shape_;
};

}  // namespace

Status check_prelu(const PreluSpec& spec, const Shape& input) {
    if (spec.num_parameters != 1 && spec.num_parameters != input.channels) {
        return Error{"num_parameters is " + std::to_string(spec.num_parameters) +
                     ", expected 1 or the number of channels, " + std::to_string(input.channels)};
    }
    return success();
}

std::unique_ptr<Layer> make_prelu_layer(const PreluSpec& spec, const Shape& input) {
    CONVOSCOPE_CHECK(check_prelu(spec, input).ok());
    return std::make_unique<PreluLayer>(spec, input);
}

}  // namespace convoscope
