#pragma once

#include <cstdint>
#include <span>

#include "engine/core/index.h"

namespace convoscope {

/// One micro-batch on its way through the loss. `output` and `target` are `[element][lane]`, with
/// any number of elements an image.
struct MeanSquaredErrorPass {
    std::span<const float> output;
    std::span<const float> target;  ///< shaped as `output`
    Index images = 0;               ///< lanes that hold an image; at most `kLanes`
    float scale = 1.0F;             ///< 1 / elements of the whole batch
    std::span<double> losses;       ///< overwritten: `kLanes` sums of squares; 0 for missing lanes
    std::span<float> d_output;  ///< overwritten: 2·scale·(output - target), 0 for missing lanes;
                                ///< empty: not wanted
};

/// loss = mean((output - target)²) over all elements of the batch; the caller adds up and scales.
/// Source: `torch.nn.functional.mse_loss`.
void mean_squared_error(const MeanSquaredErrorPass& pass);

/// The target of a classifier that is trained with squared errors: 1 for the label, 0 elsewhere.
/// Overwrites `target`, `[class][lane]`; missing lanes become 0.
void one_hot(std::span<const std::uint8_t> labels, std::span<float> target);

}  // namespace convoscope
