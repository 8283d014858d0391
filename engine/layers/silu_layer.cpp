#include "engine/layers/silu_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct Silu {
    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::silu_forward(input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::silu_backward(pass.inputs.front(), pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_silu_layer(const Shape& input) {
    return make_activation_layer(Silu{}, input);
}

}  // namespace convoscope
