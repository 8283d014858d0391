#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/kernels/conv2d_geometry.h"

namespace convoscope {

/// A square convolution with stride 1 and without bias, of a known network.
struct ComparedConvolution {
    std::string_view name;
    Index in_channels = 1;
    Index out_channels = 1;
    Index size = 1;  ///< of the input, both ways
    Index kernel_size = 1;
    Index padding = 0;
    Index images = 64;

    [[nodiscard]] kernels::Conv2dGeometry geometry() const;
    /// Two a multiply-add, as a direct convolution has them, padding counted.
    [[nodiscard]] double operations() const;
};

/// "lenet5" (its second convolution), "resnet20" (its last stage's), "vgg" (VGG-small's fourth).
[[nodiscard]] std::span<const ComparedConvolution> compared_convolutions();

/// Random numbers for one of them, the same on every machine.
/// Represents the images twice: plain, and in the engine's lanes, micro-batch after micro-batch.
struct ComparedNumbers {
    std::vector<float> weights;  ///< `[oc][ic][kh][kw]`
    std::vector<float> planar;   ///< `[image][c][h][w]`, from -1 to 1
    std::vector<float> lanes;    ///< `[micro-batch][h][w][c][lane]`
    Index micro_batches = 0;
    /// No sum of products of magnitudes is greater: the greatest sum of a channel's weights'
    /// magnitudes, as no pixel is beyond 1.
    double greatest_magnitude = 0.0;

    [[nodiscard]] static ComparedNumbers make(const ComparedConvolution& convolution);
};

}  // namespace convoscope
