#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/data/augmentation/augmentation_chain.h"
#include "engine/data/dataset.h"

namespace convoscope {

/// Represents the way of training images from a data set into a micro-batch's lanes, changed at
/// random on the way.
/// Ensures: `fill` allocates nothing, and its result does not depend on the thread.
class ImageFeed {
  public:
    /// Takes the memory that this many threads need for images of this shape. A null chain changes
    /// nothing.
    void prepare(std::shared_ptr<const AugmentationChain> chain, const Shape& shape, int threads);

    struct Request {
        const Dataset& dataset;
        std::span<const std::uint32_t> images;  ///< of the training split, up to `kLanes`
        std::uint64_t seed = 0;
        Index epoch = 0;
        Index thread = 0;
    };
    void fill(const Request& request, std::span<float> lanes);

  private:
    std::shared_ptr<const AugmentationChain> chain_;
    std::vector<std::vector<float>> workspaces_;  ///< one a thread
};

}  // namespace convoscope
