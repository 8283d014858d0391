#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/winograd.h"
#include "engine/kernels/winograd_backward_weights.h"
#include "engine/layers/conv2d_method.h"
#include "engine/layers/conv2d_plans.h"

namespace convoscope {
namespace {

class WinogradConv2d final : public Conv2dMethod {
  public:
    explicit WinogradConv2d(const kernels::Conv2dGeometry& geometry)
        : geometry_(geometry),
          plans_{.forward = kernels::plan_winograd_forward(geometry),
                 .backward = kernels::plan_winograd_backward_input(geometry)} {}

    [[nodiscard]] Index packed_floats() const override { return plans_.packed_floats(); }
    [[nodiscard]] Index scratch_floats() const override {
        return std::max({plans_.forward.scratch_floats(),
                         plans_.backward.scratch_floats(),
                         kernels::winograd_backward_weights_scratch(geometry_)});
    }

    void pack(std::span<const float> weights,
              std::span<float> packed,
              const PackShare& share) const override {
        kernels::pack_winograd_forward(plans_.forward,
                                       share.of(std::ssize(plans_.forward.blocks)),
                                       weights,
                                       plans_.forward_panels(packed));
        kernels::pack_winograd_backward_input(plans_.backward,
                                              share.of(std::ssize(plans_.backward.blocks)),
                                              weights,
                                              plans_.backward_panels(packed));
    }

    void forward(std::span<const float> packed,
                 std::span<const float> start,
                 std::span<const float> input,
                 std::span<float> scratch,
                 std::span<float> output) const override {
        kernels::winograd_gather(
            plans_.forward, plans_.forward_panels(packed), start, input, scratch, output);
    }

    void backward_input(std::span<const float> packed,
                        std::span<const float> start,
                        std::span<const float> d_output,
                        std::span<float> scratch,
                        std::span<float> d_input) const override {
        kernels::winograd_gather(
            plans_.backward, plans_.backward_panels(packed), start, d_output, scratch, d_input);
    }

    void backward_weights(std::span<const float> input,
                          std::span<const float> d_output,
                          std::span<float> scratch,
                          std::span<float> d_weights) const override {
        kernels::winograd_backward_weights(geometry_, input, d_output, scratch, d_weights);
    }

  private:
    kernels::Conv2dGeometry geometry_;
    Conv2dPlans<kernels::WinogradPlan> plans_;
};

}  // namespace

std::unique_ptr<Conv2dMethod> make_winograd_conv2d(const kernels::Conv2dGeometry& geometry) {
    CONVOSCOPE_CHECK(kernels::winograd_wins(geometry));
    return std::make_unique<WinogradConv2d>(geometry);
}

}  // namespace convoscope
