#pragma once

#include <span>

#include "engine/core/index.h"
#include "engine/core/shape.h"

namespace convoscope {

/// Between NCHW, which everyone outside sees, and a micro-batch's `[row][column][channel][lane]`.

/// Overwrites `lanes` with up to `kLanes` images; missing lanes become 0.
/// Expects: `images` holds `count` images of `shape`.
void to_lanes(const Shape& shape,
              std::span<const float> images,
              Index count,
              std::span<float> lanes);

/// Overwrites `image`, `[c][h][w]`, with one lane.
void from_lane(const Shape& shape,
               std::span<const float> lanes,
               Index lane,
               std::span<float> image);

}  // namespace convoscope
