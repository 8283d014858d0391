#include "engine/layers/tanh_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct Tanh {
    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::tanh_forward(input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::tanh_backward(pass.output, pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_tanh_layer(const Shape& input) {
    return make_activation_layer(Tanh{}, input);
}

}  // namespace convoscope
