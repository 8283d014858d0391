#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/gather.h"
#include "engine/layers/conv2d_method.h"

namespace convoscope {
namespace {

/// Packed: the forward panels, then the backward ones.
class DirectConv2d final : public Conv2dMethod {
  public:
    explicit DirectConv2d(const kernels::Conv2dGeometry& geometry)
        : geometry_(geometry),
          forward_(kernels::plan_conv2d_forward(geometry)),
          backward_(kernels::plan_conv2d_backward_input(geometry)) {}

    [[nodiscard]] Index packed_floats() const override {
        return forward_.panel_floats() + backward_.panel_floats();
    }
    [[nodiscard]] Index scratch_floats() const override { return 0; }

    void pack(std::span<const float> weights,
              std::span<float> packed,
              const PackShare& share) const override {
        kernels::pack_conv2d_forward(
            forward_, share.of(std::ssize(forward_.blocks)), weights, forward_panels(packed));
        kernels::pack_conv2d_backward_input(
            backward_, share.of(std::ssize(backward_.blocks)), weights, backward_panels(packed));
    }

    void forward(std::span<const float> packed,
                 std::span<const float> start,
                 std::span<const float> input,
                 std::span<float> /*scratch*/,
                 std::span<float> output) const override {
        kernels::gather(forward_, forward_panels(packed), start, input, output);
    }

    void backward_input(std::span<const float> packed,
                        std::span<const float> start,
                        std::span<const float> d_output,
                        std::span<float> /*scratch*/,
                        std::span<float> d_input) const override {
        kernels::gather(backward_, backward_panels(packed), start, d_output, d_input);
    }

    void backward_weights(std::span<const float> input,
                          std::span<const float> d_output,
                          std::span<float> /*scratch*/,
                          std::span<float> d_weights) const override {
        kernels::conv2d_backward_weights(geometry_, input, d_output, d_weights);
    }

  private:
    template <class Value>
    [[nodiscard]] std::span<Value> forward_panels(std::span<Value> packed) const {
        return packed.first(at(forward_.panel_floats()));
    }
    template <class Value>
    [[nodiscard]] std::span<Value> backward_panels(std::span<Value> packed) const {
        return packed.subspan(at(forward_.panel_floats()));
    }

    kernels::Conv2dGeometry geometry_;
    kernels::GatherPlan forward_;
    kernels::GatherPlan backward_;
};

}  // namespace

std::unique_ptr<Conv2dMethod> make_direct_conv2d(const kernels::Conv2dGeometry& geometry) {
    return std::make_unique<DirectConv2d>(geometry);
}

}  // namespace convoscope
