#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/index.h"
#include "engine/explain/features.h"

namespace convoscope {

/// The place in an image at which a filter answers most.
struct Excitement {
    std::uint32_t image = 0;
    float activation = 0.0F;
    Index row = 0;  ///< of the filter's map
    Index column = 0;
};

/// Represents the search for the images that most excite one filter: each by the greatest number
/// in its map.
/// Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014,
/// section 4; Girshick et al. 2014, section 3.1.
class ExcitingImages {
  public:
    /// `value` is i + 1 for the output of layer i. Finds up to `count`.
    ExcitingImages(ImageWalk walk, Index value, Index channel, Index count);

    /// True: finished.
    bool step();
    [[nodiscard]] double progress() const { return walk_.progress(); }
    /// The greatest first; of equals the one with the lower number.
    [[nodiscard]] const std::vector<Excitement>& found() const { return found_; }

  private:
    [[nodiscard]] Excitement look(std::uint32_t image, Index lane) const;

    ImageWalk walk_;
    Index value_;
    Index channel_;
    std::size_t count_;
    std::vector<Excitement> found_;
};

}  // namespace convoscope
