#include "engine/kernels/conv2d_backward_weights.h"
#include "engine/kernels/gather.h"
#include "engine/layers/conv2d_method.h"
#include "engine/layers/conv2d_plans.h"

namespace convoscope {
namespace {

class DirectConv2d final : public Conv2dMethod {
  public:
    explicit DirectConv2d(const kernels::Conv2dGeometry& geometry)
        : geometry_(geometry),
          plans_{.forward = kernels::plan_conv2d_forward(geometry),
                 .backward = kernels::plan_conv2d_backward_input(geometry)} {}

    [[nodiscard]] Index packed_floats() const override { return plans_.packed_floats(); }
    [[nodiscard]] Index scratch_floats() const override { return 0; }

    void pack(std::span<const float> weights,
              std::span<float> packed,
              const PackShare& share) const override {
        kernels::pack_conv2d_forward(plans_.forward,
                                     share.of(std::ssize(plans_.forward.blocks)),
                                     weights,
                                     plans_.forward_panels(packed));
        kernels::pack_conv2d_backward_input(plans_.backward,
                                            share.of(std::ssize(plans_.backward.blocks)),
                                            weights,
                                            plans_.backward_panels(packed));
    }

    void forward(std::span<const float> packed,
                 std::span<const float> start,
                 std::span<const float> input,
                 std::span<float> /*scratch*/,
                 std::span<float> output) const override {
        kernels::gather(plans_.forward, plans_.forward_panels(packed), start, input, output);
    }

    void backward_input(std::span<const float> packed,
                        std::span<const float> start,
                        std::span<const float> d_output,
                        std::span<float> /*scratch*/,
                        std::span<float> d_input) const override {
        kernels::gather(plans_.backward, plans_.backward_panels(packed), start, d_output, d_input);
    }

    void backward_weights(std::span<const float> input,
                          std::span<const float> d_output,
                          std::span<float> /*scratch*/,
                          std::span<float> d_weights) const override {
        kernels::conv2d_backward_weights(geometry_, input, d_output, d_weights);
    }

  private:
    kernels::Conv2dGeometry geometry_;
    Conv2dPlans<kernels::GatherPlan> plans_;
};

}  // namespace

std::unique_ptr<Conv2dMethod> make_direct_conv2d(const kernels::Conv2dGeometry& geometry) {
    return std::make_unique<DirectConv2d>(geometry);
}

}  // namespace convoscope
