#include <algorithm>

#include "engine/data/augmentation/augmentation.h"
#include "engine/data/augmentation/random_offset.h"

namespace convoscope {
namespace {

class Shift final : public Augmentation {
  public:
    explicit Shift(Index pixels) : pixels_(pixels) {}

    void apply(const AugmentationPass& pass) const override {
        const Index channels = pass.shape.channels;
        const Index height = pass.shape.height;
        const Index width = pass.shape.width;
        const Index down = random_offset(pass.random, pixels_);
        const Index right = random_offset(pass.random, pixels_);
        const Index first = std::clamp<Index>(right, 0, width);
        const Index end = std::clamp<Index>(width + right, 0, width);
        for (Index channel = 0; channel < channels; ++channel) {
            const float background = pass.background[static_cast<std::size_t>(channel)];
            for (Index row = 0; row < height; ++row) {
                float* output = pass.output.data() + (channel * height + row) * width;
                std::fill(output, output + width, background);
                const Index source = row - down;
                if (source >= 0 && source < height && first < end) {
                    const float* input =
                        pass.input.data() + (channel * height + source) * width - right;
                    std::copy(input + first, input + end, output + first);
                }
            }
        }
    }

  private:
    Index pixels_;
};

}  // namespace

AugmentationPointer make_shift(Index pixels) {
    return std::make_unique<Shift>(pixels);
}

}  // namespace convoscope
