#include "engine/data/augmentation/about_centre.h"

namespace convoscope {
namespace {

class Scale final : public Augmentation {
  public:
    explicit Scale(double amount) : amount_(amount) {}

    [[nodiscard]] Index scratch_floats(const Shape& shape) const override {
        return resample_scratch_floats(shape);
    }
    void apply(const AugmentationPass& pass) const override {
        const double factor = pass.random.uniform(1.0 - amount_, 1.0 + amount_);
        resample_about_centre(pass, static_cast<float>(1.0 / factor), 0.0F);
    }

  private:
    double amount_;
};

}  // namespace

AugmentationPointer make_scale(double amount) {
    return std::make_unique<Scale>(amount);
}

}  // namespace convoscope
