#include <algorithm>

#include "engine/data/augmentation/augmentation.h"

namespace convoscope {
namespace {

/// Of red, green and blue (ITU-R BT.601), as torchvision weighs them.
constexpr float kRed = 0.2989F;
constexpr float kGreen = 0.587F;
constexpr float kBlue = 0.114F;
constexpr Index kColorChannels = 3;

float random_factor(Random& random, double amount) {
    return static_cast<float>(random.uniform(std::max(0.0, 1.0 - amount), 1.0 + amount));
}

/// An image's brightness at a position; of one channel, the channel itself.
class Gray {
  public:
    Gray(const Shape& shape, std::span<const float> pixels)
        : color_(shape.channels == kColorChannels),
          positions_(shape.height * shape.width),
          pixels_(pixels.data()) {}

    [[nodiscard]] float at(Index i) const {
        return color_ ? kRed * pixels_[i] + kGreen * pixels_[positions_ + i] +
                            kBlue * pixels_[2 * positions_ + i]
                      : pixels_[i];
    }
    [[nodiscard]] float mean() const {
        double sum = 0.0;
        for (Index i = 0; i < positions_; ++i) {
            sum += static_cast<double>(at(i));
        }
        return static_cast<float>(sum / static_cast<double>(positions_));
    }

  private:
    bool color_;
    Index positions_;
    const float* pixels_;
};

class Jitter final : public Augmentation {
  public:
    Jitter(double brightness, double contrast, double saturation)
        : brightness_(brightness), contrast_(contrast), saturation_(saturation) {}

    void apply(const AugmentationPass& pass) const override {
        const float brightness = random_factor(pass.random, brightness_);
        const float contrast = random_factor(pass.random, contrast_);
        const float saturation = random_factor(pass.random, saturation_);
        for (std::size_t i = 0; i < pass.output.size(); ++i) {
            pass.output[i] = std::clamp(pass.input[i] * brightness, 0.0F, 1.0F);
        }
        const float mean = Gray(pass.shape, pass.output).mean();
        for (float& pixel : pass.output) {
            pixel = std::clamp(mean + contrast * (pixel - mean), 0.0F, 1.0F);
        }
        if (pass.shape.channels == kColorChannels) {
            saturate(pass, saturation);
        }
    }

  private:
    static void saturate(const AugmentationPass& pass, float saturation) {
        const Gray gray(pass.shape, pass.output);
        const Index positions = pass.shape.height * pass.shape.width;
        for (Index i = 0; i < positions; ++i) {
            const float middle = gray.at(i);
            for (Index channel = 0; channel < kColorChannels; ++channel) {
                float& pixel = pass.output[static_cast<std::size_t>(channel * positions + i)];
                pixel = std::clamp(middle + saturation * (pixel - middle), 0.0F, 1.0F);
            }
        }
    }

    double brightness_;
    double contrast_;
    double saturation_;
};

}  // namespace

AugmentationPointer make_jitter(double brightness, double contrast, double saturation) {
    return std::make_unique<Jitter>(brightness, contrast, saturation);
}

}  // namespace convoscope
