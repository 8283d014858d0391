#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/explain/network_probe.h"

namespace convoscope {

/// How much the score of a class would change with each number of the input: a statement about
/// tiny changes of this one image, not about what the network looks for.
struct Saliency {
    std::vector<float> gradient;   ///< `[c][h][w]`: d score / d input, after preprocessing
    std::vector<float> magnitude;  ///< `[h][w]`: the greatest |gradient| of the pixel's channels
};

/// Source: Simonyan, Vedaldi, Zisserman, "Deep Inside Convolutional Networks", 2013, section 3.
/// Expects: `image` is `[c][h][w]`, preprocessed; `type` is a number of the output.
[[nodiscard]] Saliency saliency(NetworkProbe& probe, std::span<const float> image, Index type);

}  // namespace convoscope
