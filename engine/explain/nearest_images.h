#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/index.h"
#include "engine/explain/features.h"

namespace convoscope {

/// An image of a data set, and how far it is from another in the last hidden layer.
struct NearImage {
    std::uint32_t image = 0;
    double distance = 0.0;
};

/// Represents the search for the images that the network takes for most alike: least Euclidean
/// distance between what the last hidden layer makes of both.
/// Source: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural
/// Networks", 2012, figure 4.
class NearestImages {
  public:
    /// `feature`: the last hidden layer's numbers for the image in question. Finds up to `count`.
    NearestImages(ImageWalk walk, std::vector<float> feature, Index count);

    /// True: finished.
    bool step();
    [[nodiscard]] double progress() const { return walk_.progress(); }
    /// The nearest first; of equals the one with the lower number.
    [[nodiscard]] const std::vector<NearImage>& nearest() const { return nearest_; }

  private:
    void consider(const NearImage& image);

    ImageWalk walk_;
    std::vector<float> feature_;
    std::size_t count_;
    std::vector<NearImage> nearest_;
};

}  // namespace convoscope
