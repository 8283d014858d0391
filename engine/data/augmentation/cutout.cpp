#include <algorithm>

#include "engine/data/augmentation/augmentation.h"

namespace convoscope {
namespace {

class Cutout final : public Augmentation {
  public:
    explicit Cutout(Index size) : size_(size) {}

    void apply(const AugmentationPass& pass) const override {
        const Index channels = pass.shape.channels;
        const Index height = pass.shape.height;
        const Index width = pass.shape.width;
        std::ranges::copy(pass.input, pass.output.begin());
        const auto [top, bottom] = covered(pass.random, height);
        const auto [left, right] = covered(pass.random, width);
        for (Index channel = 0; channel < channels; ++channel) {
            for (Index row = top; row < bottom; ++row) {
                float* output = pass.output.data() + (channel * height + row) * width;
                std::fill(output + left,
                          output + right,
                          pass.background[static_cast<std::size_t>(channel)]);
            }
        }
    }

  private:
    struct Range {
        Index begin;
        Index end;
    };
    /// The part of an extent within half the size of a random pixel.
    [[nodiscard]] Range covered(Random& random, Index extent) const {
        const auto centre = static_cast<Index>(random.below(static_cast<std::uint64_t>(extent)));
        const Index begin = centre - size_ / 2;
        return {.begin = std::max<Index>(begin, 0), .end = std::min(begin + size_, extent)};
    }

    Index size_;
};

}  // namespace

AugmentationPointer make_cutout(Index size) {
    return std::make_unique<Cutout>(size);
}

}  // namespace convoscope
