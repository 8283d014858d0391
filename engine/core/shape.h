#pragma once

#include <string>
#include <vector>

#include "engine/core/index.h"

namespace convoscope {

/// The order of axes, once for the whole program.
///
/// N images of C channels, H rows and W columns; a kernel has KH rows and KW columns, an output OC
/// channels, OH rows and OW columns. At every boundary (files, snapshots, messages) a tensor is
/// NCHW, row-major. Inside the engine a micro-batch of `kLanes` images is stored as
/// `[row][column][channel][lane]`.

/// The shape of one sample: a volume of channels, or (after `flatten` and `linear`) a flat vector.
struct Shape {
    Index channels = 0;
    Index height = 1;
    Index width = 1;
    bool flat = false;  ///< true: `channels` is the number of features and the shape reads `[n]`

    [[nodiscard]] Index element_count() const { return channels * height * width; }
    [[nodiscard]] std::vector<Index> dimensions() const;  ///< `[n]` or `[channels, height, width]`
    [[nodiscard]] std::string text() const;               ///< "6×28×28" or "400"

    bool operator==(const Shape&) const = default;
};

/// A flat vector of `features` numbers.
[[nodiscard]] inline Shape flat_shape(Index features) {
    return Shape{.channels = features, .height = 1, .width = 1, .flat = true};
}

}  // namespace convoscope
