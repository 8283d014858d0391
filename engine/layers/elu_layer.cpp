#include "engine/layers/elu_layer.h"

#include "engine/kernels/activation.h"
#include "engine/layers/activation_layer.h"

namespace convoscope {
namespace {

struct Elu {
    float alpha;

    void forward(std::span<const float> input, std::span<float> output) const {
        kernels::elu_forward(alpha, input, output);
    }
    void backward(const BackwardPass& pass, std::span<float> d_input) const {
        kernels::elu_backward(alpha, pass.inputs.front(), pass.d_output, d_input);
    }
};

}  // namespace

std::unique_ptr<Layer> make_elu_layer(const EluSpec& spec, const Shape& input) {
    return make_activation_layer(Elu{.alpha = spec.alpha}, input);
}

}  // namespace convoscope
