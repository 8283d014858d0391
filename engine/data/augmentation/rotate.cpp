#include <cmath>
#include <numbers>

#include "engine/data/augmentation/about_centre.h"

namespace convoscope {
namespace {

class Rotate final : public Augmentation {
  public:
    explicit Rotate(double degrees) : degrees_(degrees) {}

    [[nodiscard]] Index scratch_floats(const Shape& shape) const override {
        return resample_scratch_floats(shape);
    }
    void apply(const AugmentationPass& pass) const override {
        const double angle = pass.random.uniform(-degrees_, degrees_) * std::numbers::pi / 180.0;
        resample_about_centre(
            pass, static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
    }

  private:
    double degrees_;
};

}  // namespace

AugmentationPointer make_rotate(double degrees) {
    return std::make_unique<Rotate>(degrees);
}

}  // namespace convoscope
