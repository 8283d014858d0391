#pragma once

#include <cstdint>
#include <span>

#include "engine/core/index.h"

namespace convoscope {

/// One micro-batch of `kLanes` images on its way through the loss; class scores are
/// `[class][lane]`.
struct SoftmaxCrossEntropyPass {
    std::span<const float> logits;
    std::span<const std::uint8_t> labels;  ///< one an image: `labels.size()` lanes hold images
    float scale = 1.0F;                    ///< 1 / images of the whole batch
    std::span<float> losses;               ///< overwritten: `kLanes`, unscaled; 0 for missing lanes
    std::span<float>
        d_logits;  ///< overwritten: scale·(p - onehot), 0 for missing lanes; empty: not wanted
};

/// loss = -log(softmax(logits)[label]); `torch.nn.functional.cross_entropy`.
/// Returns how many images' largest score (the first of equals) is their label.
/// Expects: every label below the number of classes, `logits.size() / kLanes`.
Index softmax_cross_entropy(const SoftmaxCrossEntropyPass& pass);

/// probabilities = softmax over classes; overwrites `probabilities`, shaped as `logits`, and may be
/// the same memory.
void softmax(std::span<const float> logits, std::span<float> probabilities);

/// The class of the largest score of each lane, the first of equals; overwrites `kLanes` classes.
void predict_classes(std::span<const float> logits, std::span<Index> classes);

}  // namespace convoscope
