#pragma once

#include <memory>
#include <span>

#include "engine/core/index.h"
#include "engine/core/random.h"
#include "engine/core/shape.h"

namespace convoscope {

/// Everything that changing one image reads and writes. Pixels are `[channel][row][column]`, 0
/// to 1.
struct AugmentationPass {
    Shape shape;
    std::span<const float> input;
    std::span<float> output;            ///< overwritten; not the input's memory
    std::span<float> scratch;           ///< of `scratch_floats`
    std::span<const float> background;  ///< one a channel: what a pixel is that nothing covers
    Random& random;
};

/// What a chain needs to know of one way to change an image at random.
///
/// Represents a random function of an image that keeps its shape and its class.
/// Ensures: the same random stream gives the same picture; nothing is allocated in `apply`.
class Augmentation {
  public:
    Augmentation() = default;
    Augmentation(const Augmentation&) = delete;
    Augmentation& operator=(const Augmentation&) = delete;
    virtual ~Augmentation() = default;

    [[nodiscard]] virtual Index scratch_floats(const Shape& shape) const {
        static_cast<void>(shape);
        return 0;
    }
    virtual void apply(const AugmentationPass& pass) const = 0;
};

using AugmentationPointer = std::unique_ptr<const Augmentation>;

/// Moves the image by whole pixels, both ways each uniform in [-pixels, pixels].
[[nodiscard]] AugmentationPointer make_shift(Index pixels);

/// Pads the image with its own reflection and cuts a window of its size out of that: torchvision's
/// `RandomCrop(size, padding, padding_mode="reflect")`.
[[nodiscard]] AugmentationPointer make_crop(Index padding);

/// Left for right, with this probability: torchvision's `RandomHorizontalFlip`.
[[nodiscard]] AugmentationPointer make_flip(double probability);

/// Turns the image about its centre by an angle uniform in [-degrees, degrees]; bilinear.
[[nodiscard]] AugmentationPointer make_rotate(double degrees);

/// Magnifies the image about its centre by a factor uniform in [1 - amount, 1 + amount]; bilinear.
[[nodiscard]] AugmentationPointer make_scale(double amount);

/// Moves every pixel by a smooth random field: uniform in [-1, 1], blurred by a Gaussian of `sigma`
/// pixels, times `alpha`; bilinear.
/// Source: Simard, Steinkraus and Platt, "Best practices for convolutional neural networks", 2003.
[[nodiscard]] AugmentationPointer make_elastic(double alpha, double sigma);

/// Brightness, contrast and (of three channels) saturation by factors uniform in
/// [1 - amount, 1 + amount], in this order: torchvision's `ColorJitter`, without its random order.
[[nodiscard]] AugmentationPointer make_jitter(double brightness,
                                              double contrast,
                                              double saturation);

/// Covers a square of `size` pixels about a random pixel with the background; it may stand out over
/// the edge. Source: DeVries and Taylor, "Improved regularization ... with cutout", 2017.
[[nodiscard]] AugmentationPointer make_cutout(Index size);

}  // namespace convoscope
