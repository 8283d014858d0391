#pragma once

#include <span>

#include "engine/core/index.h"

namespace convoscope::kernels {

/// Batch norm's passes over one micro-batch `[pixel][channel][lane]`. Only the first `images` lanes
/// hold images; spans of numbers a channel have `channels` elements.

/// mean = Σx / n and squares = Σ(x - mean)², over pixels and images, of each channel.
/// Overwrites both. Expects: images > 0.
void channel_moments(std::span<const float> input,
                     Index images,
                     std::span<double> mean,
                     std::span<double> squares);

/// sums = Σd and products = Σd·(x - mean), over pixels and images, of each channel. Overwrites
/// both.
void channel_gradient_sums(std::span<const float> input,
                           std::span<const float> d_output,
                           Index images,
                           std::span<const float> mean,
                           std::span<float> sums,
                           std::span<float> products);

/// output = (x - mean)·scale + shift. Overwrites `output`, which may be the input.
void normalize_channels(std::span<const float> input,
                        std::span<const float> mean,
                        std::span<const float> scale,
                        std::span<const float> shift,
                        std::span<float> output);

/// d_input = d·scale - offset - (x - mean)·slope in the lanes that hold images, 0 in the others.
/// Overwrites `d_input`, which may be `d_output`.
void normalize_channels_backward(std::span<const float> input,
                                 std::span<const float> d_output,
                                 Index images,
                                 std::span<const float> mean,
                                 std::span<const float> scale,
                                 std::span<const float> offset,
                                 std::span<const float> slope,
                                 std::span<float> d_input);

/// d_input = d·scale: mean and scale that do not depend on the input. Overwrites `d_input`, which
/// may be `d_output`.
void scale_channels(std::span<const float> d_output,
                    std::span<const float> scale,
                    std::span<float> d_input);

}  // namespace convoscope::kernels
