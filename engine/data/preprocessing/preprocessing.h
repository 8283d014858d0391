#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"

namespace convoscope {

/// Where a text names a preprocessing: the means and deviations of the data set's manifest.
inline constexpr std::string_view kManifestPreprocessing = "manifest";

enum class PreprocessingType { scale, channel, mean_image, pca, zca };

/// "scale", "channel", "mean_image", "pca", "zca"; the last two with an epsilon: "zca:0.1".
struct PreprocessingSpec {
    PreprocessingType type = PreprocessingType::scale;
    double epsilon = 0.01;  ///< added to every variance before its root is divided by

    /// Returns error when: the name is unknown, or epsilon is not a positive number.
    [[nodiscard]] static Result<PreprocessingSpec> parse(std::string_view text);
};

/// Images of bytes, NCHW, one at a time: `image(0)` to `image(count - 1)`.
struct PixelSource {
    Shape shape;
    Index count = 0;
    std::function<std::span<const std::uint8_t>(Index)> image;
};

/// Represents what a network's input is made of an image: an affine function of its pixels
/// x = byte / 255, with figures from the training images, and its inverse.
///
/// `scale`: x. `channel`: x less the channel's mean, by its deviation. `mean_image`: x less the
/// mean of this very pixel. `pca`: the coordinates along the principal axes, each of variance 1,
/// the largest axis first (so the picture's order is lost). `zca`: the same turned back into the
/// picture's axes. Source: Krizhevsky, "Learning multiple layers of features from tiny images",
/// 2009, appendix A.
class Preprocessing {
  public:
    /// (x - mean) / deviation, one number a channel.
    [[nodiscard]] static Preprocessing of_channels(const Shape& shape,
                                                   std::span<const float> mean,
                                                   std::span<const float> deviation);
    /// Takes the figures from these images. Whitening looks at up to 5,000 of them, evenly chosen,
    /// and takes a time that goes with the third power of the numbers in an image.
    /// Returns error when: there are no images, or whitening is asked for of images of more than
    /// 1,024 numbers.
    [[nodiscard]] static Result<Preprocessing> fit(const PreprocessingSpec& spec,
                                                   const PixelSource& source);

    /// Overwrites a micro-batch's `[row][column][channel][lane]` with up to `kLanes` images, NCHW;
    /// missing lanes become 0. `white` is what a white pixel is: 255 for bytes, 1 for floats.
    void fill_lanes(std::span<const std::uint8_t* const> images, std::span<float> lanes) const;
    void fill_lanes(std::span<const float* const> images, std::span<float> lanes) const;

    /// Overwrites `pixels` (NCHW, 0 to 1) with the image that `values` (NCHW) were made of.
    void invert(std::span<const float> values, std::span<float> pixels) const;

    [[nodiscard]] const Shape& shape() const { return shape_; }

  private:
    struct Whitening {
        std::vector<float> matrix;   ///< `[n][n]`
        std::vector<float> inverse;  ///< `[n][n]`
    };

    template <class Pixel>
    void fill(std::span<const Pixel* const> images, float white, std::span<float> lanes) const;
    template <class Pixel>
    void fill_white(std::span<const Pixel* const> images,
                    float white,
                    std::span<float> lanes) const;
    void fit_channels(const std::vector<double>& mean, const std::vector<double>& squares);
    void fit_whitening(const PreprocessingSpec& spec, const PixelSource& source);

    Shape shape_;
    // A pixel becomes (x - mean) / deviation; one number an element. Whitening comes after it.
    std::vector<float> mean_;
    std::vector<float> deviation_;
    std::optional<Whitening> whitening_;
};

}  // namespace convoscope
