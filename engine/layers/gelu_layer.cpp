#include "engine/layers/gelu_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct Gelu {
    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::gelu_forward(input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::gelu_backward(pass.inputs.front(), pass.d_output, d_input);
    }
};

struct GeluTanh {
    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::gelu_tanh_forward(input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::gelu_tanh_backward(pass.inputs.front(), pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_gelu_layer(const GeluSpec& spec, const Shape& input) {
    return spec.tanh_approximation ? make_activation_layer(GeluTanh{}, input)
                                   : make_activation_layer(Gelu{}, input);
}

}  // namespace convoscope
