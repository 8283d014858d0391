#include "engine/optimizers/gradient_clipping.h"

#include <algorithm>

#include "engine/kernels/magnitude.h"

namespace convoscope {

void clip_values(const ClippingSettings& settings, std::span<float> gradient) {
    if (settings.value > 0.0) {
        kernels::clamp(gradient, static_cast<float>(settings.value));
    }
}

double clipping_factor(const ClippingSettings& settings, double norm) {
    constexpr double kAgainstZero = 1e-6;  // PyTorch's
    return settings.norm > 0.0 ? std::min(1.0, settings.norm / (norm + kAgainstZero)) : 1.0;
}

}  // namespace convoscope
