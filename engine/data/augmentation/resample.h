#pragma once

#include <span>

#include "engine/data/augmentation/augmentation.h"

namespace convoscope {

/// Floats that `resample` needs: two coordinates a position, and one channel with a border.
[[nodiscard]] Index resample_scratch_floats(const Shape& shape);

/// Where in the input each output position looks, in pixels: `[row][column]`. Part of the scratch,
/// for the caller to fill in.
struct ResampleField {
    std::span<float> rows;
    std::span<float> columns;
};
[[nodiscard]] ResampleField resample_field(const AugmentationPass& pass);

/// Overwrites the output with the input at the field's places, bilinear between the four pixels
/// around each; outside the image is background.
void resample(const AugmentationPass& pass);

}  // namespace convoscope
