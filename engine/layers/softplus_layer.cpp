#include "engine/layers/softplus_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct Softplus {
    float beta;

    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::softplus_forward(beta, input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::softplus_backward(beta, pass.inputs.front(), pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_softplus_layer(const SoftplusSpec& spec, const Shape& input) {
    return make_activation_layer(Softplus{.beta = spec.beta}, input);
}

}  // namespace convoscope
