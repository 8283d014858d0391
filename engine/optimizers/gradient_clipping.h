#pragma once

#include <span>

namespace convoscope {

/// Bounds on the gradient of a step; 0: none. Where both are given, values are cut first and the
/// norm is that of what is left.
struct ClippingSettings {
    double value = 0.0;  ///< `torch.nn.utils.clip_grad_value_`
    double norm = 0.0;   ///< of all parameters together: `torch.nn.utils.clip_grad_norm_`

    bool operator==(const ClippingSettings&) const = default;
};

/// Cuts values where that is wanted.
void clip_values(const ClippingSettings& settings, std::span<float> gradient);

/// What every gradient is multiplied by when their common norm is `norm`: at most 1.
[[nodiscard]] double clipping_factor(const ClippingSettings& settings, double norm);

}  // namespace convoscope
