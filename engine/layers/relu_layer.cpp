#include "engine/layers/relu_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct Relu {
    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::relu_forward(input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::relu_backward(pass.output, pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_relu_layer(const Shape& input) {
    return make_activation_layer(Relu{}, input);
}

}  // namespace convoscope
