#include <algorithm>

#include "engine/data/augmentation/augmentation.h"

namespace convoscope {
namespace {

class Flip final : public Augmentation {
  public:
    explicit Flip(double probability) : probability_(probability) {}

    void apply(const AugmentationPass& pass) const override {
        if (pass.random.uniform() >= probability_) {
            std::ranges::copy(pass.input, pass.output.begin());
            return;
        }
        const Index rows = pass.shape.channels * pass.shape.height;
        const Index width = pass.shape.width;
        for (Index row = 0; row < rows; ++row) {
            const float* input = pass.input.data() + row * width;
            std::reverse_copy(input, input + width, pass.output.data() + row * width);
        }
    }

  private:
    double probability_;
};

}  // namespace

AugmentationPointer make_flip(double probability) {
    return std::make_unique<Flip>(probability);
}

}  // namespace convoscope
