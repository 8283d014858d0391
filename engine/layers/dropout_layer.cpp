#include "engine/layers/dropout_layer.h"

#include <algorithm>
#include <string>

#include "engine/core/check.h"
#include "engine/core/random.h"
#include "engine/kernels/dropout.h"

namespace convoscope {
namespace {

kernels::DropoutKeys keys_of(const ForwardPass& pass) {
    const Random layer = Random(pass.position.seed, "dropout")
                             .split(pass.name)
                             .split(static_cast<std::uint64_t>(pass.position.step));
    kernels::DropoutKeys keys;
    for (Index lane = 0; lane < kLanes; ++lane) {
        Random image = layer.split(static_cast<std::uint64_t>(pass.position.first_image + lane));
        const std::uint64_t bits = image.next_bits();
        keys.first[lane] = static_cast<std::uint32_t>(bits);
        keys.second[lane] = static_cast<std::uint32_t>(bits >> 32U);
    }
    return keys;
}

class DropoutLayer final : public Layer {
  public:
    DropoutLayer(const DropoutSpec& spec, const Shape& shape)
        : p_(spec.p),
          scale_(spec.p < 1.0 ? static_cast<float>(1.0 / (1.0 - spec.p)) : 0.0F),
          shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    [[nodiscard]] LayerMemory memory() const override {
        return {.saved_bytes = shape_.element_count() * kLanes};
    }

    void forward(const ForwardPass& pass) const override {
        if (pass.training) {
            kernels::dropout_forward(
                keys_of(pass), p_, scale_, pass.inputs.front(), pass.output, pass.saved);
        } else {
            std::ranges::copy(pass.inputs.front(), pass.output.begin());
        }
    }

    void backward(const BackwardPass& pass) const override {
        const std::span<float> d_input = pass.d_inputs.front();
        if (d_input.empty()) {
            return;
        }
        if (pass.training) {
            kernels::dropout_backward(pass.saved, scale_, pass.d_output, d_input);
        } else {
            std::ranges::copy(pass.d_output, d_input.begin());
        }
    }

  private:
    double p_;
    float scale_;
    Shape shape_;
};

}  // namespace

Status check_dropout(const DropoutSpec& spec) {
    if (!(spec.p >= 0.0 && spec.p <= 1.0)) {
        return Error{"p is " + std::to_string(spec.p) + ", expected 0 to 1"};
    }
    return success();
}

std::unique_ptr<Layer> make_dropout_layer(const DropoutSpec& spec, const Shape& shape) {
    CONVOSCOPE_CHECK(check_dropout(spec).ok());
    return std::make_unique<DropoutLayer>(spec, shape);
}

}  // namespace convoscope
