#include "engine/layers/leaky_relu_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct LeakyRelu {
    float negative_slope;

    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::leaky_relu_forward(negative_slope, input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::leaky_relu_backward(negative_slope, pass.inputs.front(), pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_leaky_relu_layer(const LeakyReluSpec& spec, const Shape& input) {
    return make_activation_layer(LeakyRelu{.negative_slope = spec.negative_slope}, input);
}

}  // namespace convoscope
