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
    float label_smoothing = 0.0F;  ///< s: the target is 1 - s + s/classes for the label, s/classes
                                   ///< elsewhere
    std::span<float> losses;       ///< overwritten: `kLanes`, unscaled; 0 for missing lanes
    std::span<float>
        d_logits;  ///< overwritten: scale·(p - target), 0 for missing lanes; empty: not wanted
};

/// loss = -Σ target·log(softmax(logits)), without smoothing -log(softmax(logits)[label]).
/// Source: `torch.nn.functional.cross_entropy` with `label_smoothing`; Szegedy et al. 2016, sec. 7.
/// Returns how many images' largest score (the first of equals) is their label.
/// Expects: every label below the number of classes, `logits.size() / kLanes`.
Index softmax_cross_entropy(const SoftmaxCrossEntropyPass& pass);

/// probabilities = softmax over classes; overwrites `probabilities`, shaped as `logits`, and may be
/// the same memory.
void softmax(std::span<const float> logits, std::span<float> probabilities);

/// The class of the largest score of each lane, the first of equals; overwrites `kLanes` classes.
void predict_classes(std::span<const float> logits, std::span<Index> classes);

}  // namespace convoscope
