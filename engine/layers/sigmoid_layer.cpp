#include "engine/layers/sigmoid_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct Sigmoid {
    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::sigmoid_forward(input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::sigmoid_backward(pass.output, pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_sigmoid_layer(const Shape& input) {
    return make_activation_layer(Sigmoid{}, input);
}

}  // namespace convoscope
