#pragma once

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "engine/core/index.h"
#include "engine/kernels/conv2d_geometry.h"

namespace convoscope {

/// How a convolution can be computed; all ways give the same numbers but for rounding.
enum class ConvolutionWay {
    scalar,    ///< plain loops, one number at a time (scalar_convolution.h)
    direct,    ///< vector registers, a lane an image (kernels/gather.h)
    im2col,    ///< windows written out, then one product of matrices (kernels/im2col.h)
    winograd,  ///< a quarter of the multiplications (kernels/winograd.h)
};
inline constexpr std::array kConvolutionWays{ConvolutionWay::scalar,
                                             ConvolutionWay::direct,
                                             ConvolutionWay::im2col,
                                             ConvolutionWay::winograd};

/// "scalar", "direct", "im2col", "winograd".
[[nodiscard]] std::string_view name_of(ConvolutionWay way);

/// Winograd's filtering only where the engine would take it itself.
[[nodiscard]] bool way_applies(ConvolutionWay way, const kernels::Conv2dGeometry& geometry);

/// A convolution by one way, its weights rearranged as the way wants them.
class PreparedConvolution {
  public:
    PreparedConvolution() = default;
    PreparedConvolution(const PreparedConvolution&) = delete;
    PreparedConvolution& operator=(const PreparedConvolution&) = delete;
    virtual ~PreparedConvolution() = default;

    /// Whether a micro-batch is `[image][c][h][w]`; otherwise it is `[h][w][c][lane]`.
    [[nodiscard]] virtual bool planar() const { return false; }
    /// Of one call; a thread has its own.
    [[nodiscard]] virtual Index scratch_floats() const { return 0; }
    /// One micro-batch of `kLanes` images. Overwrites `output`.
    virtual void run(std::span<const float> input,
                     std::span<float> scratch,
                     std::span<float> output) const = 0;
};

/// `weights` in PyTorch's order. Expects: one group, way_applies(way, geometry).
[[nodiscard]] std::unique_ptr<PreparedConvolution> prepare_convolution(
    ConvolutionWay way, const kernels::Conv2dGeometry& geometry, std::span<const float> weights);

}  // namespace convoscope
