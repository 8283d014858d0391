#include <algorithm>

#include "engine/data/augmentation/augmentation.h"
#include "engine/data/augmentation/random_offset.h"

namespace convoscope {
namespace {

/// The pixel that a place outside shows: -1 is 1, `extent` is `extent - 2`. Expects: within one
/// reflection.
Index reflected(Index place, Index extent) {
    const Index folded = place < 0 ? -place : place;
    return folded < extent ? folded : 2 * (extent - 1) - folded;
}

class Crop final : public Augmentation {
  public:
    explicit Crop(Index padding) : padding_(padding) {}

    void apply(const AugmentationPass& pass) const override {
        const Index channels = pass.shape.channels;
        const Index height = pass.shape.height;
        const Index width = pass.shape.width;
        // A reflection shows each pixel but the edge's once more.
        const Index down = random_offset(pass.random, std::min(padding_, height - 1));
        const Index right = random_offset(pass.random, std::min(padding_, width - 1));
        for (Index channel = 0; channel < channels; ++channel) {
            for (Index row = 0; row < height; ++row) {
                float* output = pass.output.data() + (channel * height + row) * width;
                const float* input =
                    pass.input.data() + (channel * height + reflected(row + down, height)) * width;
                for (Index column = 0; column < width; ++column) {
                    output[column] = input[reflected(column + right, width)];
                }
            }
        }
    }

  private:
    Index padding_;
};

}  // namespace

AugmentationPointer make_crop(Index padding) {
    return std::make_unique<Crop>(padding);
}

}  // namespace convoscope
