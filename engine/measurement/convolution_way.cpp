#include "engine/measurement/convolution_way.h"

#include <vector>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/kernels/gather.h"
#include "engine/kernels/im2col.h"
#include "engine/kernels/winograd.h"
#include "engine/measurement/scalar_convolution.h"

namespace convoscope {
namespace {

using kernels::Conv2dGeometry;

std::vector<float> in_engine_order(const Conv2dGeometry& geometry, std::span<const float> weights) {
    std::vector<float> result;
    result.reserve(weights.size());
    const Index cells = geometry.kernel_cells();
    const Index channels = geometry.input.channels;
    for (Index out = 0; out < geometry.output.channels; ++out) {
        for (Index cell = 0; cell < cells; ++cell) {
            for (Index in = 0; in < channels; ++in) {
                result.push_back(weights[at((out * channels + in) * cells + cell)]);
            }
        }
    }
    return result;
}

class Scalar final : public PreparedConvolution {
  public:
    Scalar(const Conv2dGeometry& geometry, std::span<const float> weights)
        : geometry_(geometry), weights_(weights.begin(), weights.end()) {}

    [[nodiscard]] bool planar() const override { return true; }
    void run(std::span<const float> input,
             std::span<float> /*scratch*/,
             std::span<float> output) const override {
        const std::size_t in = at(geometry_.input.element_count());
        const std::size_t out = at(geometry_.output.element_count());
        for (std::size_t image = 0; image < at(kLanes); ++image) {
            scalar_convolution(geometry_,
                               input.subspan(image * in, in),
                               weights_,
                               output.subspan(image * out, out));
        }
    }

  private:
    Conv2dGeometry geometry_;
    std::vector<float> weights_;
};

class Direct final : public PreparedConvolution {
  public:
    Direct(const Conv2dGeometry& geometry, std::span<const float> weights)
        : plan_(kernels::plan_conv2d_forward(geometry)), panels_(at(plan_.panel_floats())) {
        kernels::pack_conv2d_forward(
            plan_, {.begin = 0, .end = std::ssize(plan_.blocks)}, weights, panels_);
    }

    void run(std::span<const float> input,
             std::span<float> /*scratch*/,
             std::span<float> output) const override {
        kernels::gather(plan_, panels_, {}, input, output);
    }

  private:
    kernels::GatherPlan plan_;
    std::vector<float> panels_;
};

/// The product runs on the direct way's kernel, so what differs is the writing and reading of the
/// windows.
class Im2col final : public PreparedConvolution {
  public:
    Im2col(const Conv2dGeometry& geometry, std::span<const float> weights)
        : geometry_(geometry), product_(kernels::im2col_product(geometry), weights) {}

    [[nodiscard]] Index scratch_floats() const override {
        return geometry_.output.height * geometry_.output.width * geometry_.weights_per_output() *
               kLanes;
    }
    void run(std::span<const float> input,
             std::span<float> scratch,
             std::span<float> output) const override {
        kernels::im2col(geometry_, input, scratch);
        product_.run(scratch, {}, output);
    }

  private:
    Conv2dGeometry geometry_;
    Direct product_;
};

class Winograd final : public PreparedConvolution {
  public:
    Winograd(const Conv2dGeometry& geometry, std::span<const float> weights)
        : plan_(kernels::plan_winograd_forward(geometry)), panels_(at(plan_.panel_floats())) {
        kernels::pack_winograd_forward(
            plan_, {.begin = 0, .end = std::ssize(plan_.blocks)}, weights, panels_);
    }

    [[nodiscard]] Index scratch_floats() const override { return plan_.scratch_floats(); }
    void run(std::span<const float> input,
             std::span<float> scratch,
             std::span<float> output) const override {
        kernels::winograd_gather(plan_, panels_, {}, input, scratch, output);
    }

  private:
    kernels::WinogradPlan plan_;
    std::vector<float> panels_;
};

}  // namespace

std::string_view name_of(ConvolutionWay way) {
    switch (way) {
        case ConvolutionWay::scalar:
            return "scalar";
        case ConvolutionWay::direct:
            return "direct";
        case ConvolutionWay::im2col:
            return "im2col";
        case ConvolutionWay::winograd:
            return "winograd";
    }
    return {};
}

bool way_applies(ConvolutionWay way, const Conv2dGeometry& geometry) {
    return way != ConvolutionWay::winograd || kernels::winograd_wins(geometry);
}

std::unique_ptr<PreparedConvolution> prepare_convolution(ConvolutionWay way,
                                                         const Conv2dGeometry& geometry,
                                                         std::span<const float> weights) {
    CONVOSCOPE_CHECK(geometry.groups == 1 && way_applies(way, geometry));
    if (way == ConvolutionWay::scalar) {
        return std::make_unique<Scalar>(geometry, weights);
    }
    const std::vector<float> ordered = in_engine_order(geometry, weights);
    switch (way) {
        case ConvolutionWay::im2col:
            return std::make_unique<Im2col>(geometry, ordered);
        case ConvolutionWay::winograd:
            return std::make_unique<Winograd>(geometry, ordered);
        default:
            return std::make_unique<Direct>(geometry, ordered);
    }
}

}  // namespace convoscope
