#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/index.h"

namespace convoscope::models {

struct PlaneSize {
    Index rows = 0;
    Index columns = 0;
};

/// A plane of bytes made smaller: every pixel is the mean of the area that it covers, and of a
/// pixel that it covers in part that part counts (PyTorch's interpolate with mode "area" takes it
/// whole). Expects: `to` not larger than `from`, neither empty, and a plane of `from`.
[[nodiscard]] std::vector<float> area_means(std::span<const std::uint8_t> plane,
                                            PlaneSize from,
                                            PlaneSize to);

}  // namespace convoscope::models
