#include "engine/layers/local_response_norm_layer.h"

#include "engine/core/check.h"
#include "engine/kernels/local_response_norm.h"
#include "engine/layers/volume_checks.h"

namespace convoscope {
namespace {

class LocalResponseNormLayer final : public Layer {
  public:
    LocalResponseNormLayer(const kernels::ResponseNorm& norm, const Shape& shape)
        : norm_(norm), shape_(shape) {}

    [[nodiscard]] Shape output_shape() const override { return shape_; }

    /// Saves what each number's divisor is a power of.
    [[nodiscard]] LayerMemory memory() const override {
        const Index floats = shape_.element_count() * kLanes;
        return {.saved_bytes = floats * static_cast<Index>(sizeof(float)),
                .scratch_floats = shape_.channels * kLanes};
    }

    void forward(const ForwardPass& pass) const override {
        kernels::local_response_norm_forward(
            norm_, pass.inputs.front(), pass.output, as_floats(pass.saved));
    }

    void backward(const BackwardPass& pass) const override {
        if (!pass.d_inputs.front().empty()) {
            kernels::local_response_norm_backward(norm_,
                                                  pass.inputs.front(),
                                                  pass.output,
                                                  as_floats(pass.saved),
                                                  pass.d_output,
                                                  pass.scratch,
                                                  pass.d_inputs.front());
        }
    }

  private:
    // `saved` begins on a cache line.
    static std::span<float> as_floats(std::span<std::byte> saved) {
        return {reinterpret_cast<float*>(saved.data()), saved.size() / sizeof(float)};
    }
    static std::span<const float> as_floats(std::span<const std::byte> saved) {
        return {reinterpret_cast<const float*>(saved.data()), saved.size() / sizeof(float)};
    }

    kernels::ResponseNorm norm_;
    Shape shape_;
};

}  // namespace

Status check_local_response_norm(const LocalResponseNormSpec& spec, const Shape& input) {
    static_cast<void>(spec);
    return check_volume("local_response_norm", input);
}

std::unique_ptr<Layer> make_local_response_norm_layer(const LocalResponseNormSpec& spec,
                                                      const Shape& input) {
    CONVOSCOPE_CHECK(check_local_response_norm(spec, input).ok());
    return std::make_unique<LocalResponseNormLayer>(
        kernels::ResponseNorm{.channels = input.channels,
                              .size = spec.size,
                              .scale = spec.alpha / static_cast<float>(spec.size),
                              .beta = spec.beta,
                              .k = spec.k},
        input);
}

}  // namespace convoscope
