#pragma once

#include <cstdint>
#include <span>

#include "engine/core/index.h"

namespace convoscope {

/// Wrong labels on purpose: a share of the training images, chosen by the seed, get a label that is
/// drawn at random, every class equally likely (so now and then the right one). An image keeps its
/// label through all epochs. Source: Zhang, Bengio, Hardt, Recht and Vinyals 2017, "Understanding
/// deep learning requires rethinking generalization", section 2.
struct LabelNoise {
    double share = 0.0;  ///< 0: none, 1: all
    std::uint64_t seed = 1;
    Index classes = 1;
};

/// Overwrites those of `labels`, one an image, that are to be wrong. Depends on the seed and the
/// images' numbers alone.
void add_label_noise(const LabelNoise& noise,
                     std::span<const std::uint32_t> images,
                     std::span<std::uint8_t> labels);

}  // namespace convoscope
