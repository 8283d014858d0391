#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/data/augmentation/augmentation.h"

namespace convoscope {

/// Represents a list of augmentations, applied one after another to each image.
/// Ensures: what becomes of an image depends on seed, epoch and the image's number alone, so the
/// number of threads and the order of the batches change nothing.
class AugmentationChain {
  public:
    /// Reads "shift:2,elastic:34:4": names with their parameters, which have defaults
    /// (docs/protocol.md). An empty text is an empty chain.
    /// Returns error when: a name is unknown, or a parameter is missing, wrong or one too many.
    [[nodiscard]] static Result<AugmentationChain> parse(std::string_view text);

    [[nodiscard]] bool empty() const { return links_.empty(); }
    [[nodiscard]] const std::string& text() const { return text_; }

    /// Floats of working memory for one image at a time.
    [[nodiscard]] Index workspace_floats(const Shape& shape) const;

    struct Image {
        Shape shape;
        std::span<const std::uint8_t> pixels;  ///< NCHW
        std::span<const float> background;     ///< one a channel, 0 to 1
        std::uint64_t seed = 0;
        Index epoch = 0;
        std::uint32_t number = 0;  ///< in its split
    };
    /// The image changed: NCHW, 0 to 1; a part of the workspace.
    [[nodiscard]] std::span<const float> apply(const Image& image,
                                               std::span<float> workspace) const;

  private:
    std::string text_;
    std::vector<AugmentationPointer> links_;
};

}  // namespace convoscope
