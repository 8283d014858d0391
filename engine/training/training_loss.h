#pragma once

#include <cstdint>
#include <span>

#include "engine/core/index.h"
#include "engine/losses/loss.h"

namespace convoscope {

/// A classifier's micro-batch on its way through the loss that it is trained with.
struct TrainingLossPass {
    LossSettings loss;
    std::span<const float> scores;         ///< `[class][lane]`
    std::span<const std::uint8_t> labels;  ///< one an image
    Index batch_images = 1;                ///< of the whole batch
    std::span<float> d_scores;             ///< overwritten; empty: not wanted
};

struct TrainingLossSum {
    double loss = 0.0;  ///< sum over the images; divided by the batch's images it is the mean
    Index correct = 0;
};

/// Cross-entropy of the scores as logits, or the mean squared error of the scores against the
/// label's one-hot vector. Expects: 2 to 256 classes.
[[nodiscard]] TrainingLossSum training_loss(const TrainingLossPass& pass);

}  // namespace convoscope
