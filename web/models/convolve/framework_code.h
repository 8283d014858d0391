#pragma once

#include <string>

#include "web/models/convolve/setup.h"

namespace convoscope::models::convolve {

/// The layer as a line of PyTorch: "nn.Conv2d(1, 1, kernel_size=3, stride=2, padding=1)".
[[nodiscard]] std::string pytorch_line(const Setup& setup);

/// The same in Keras 3, channels last: "layers.Conv2D(1, 3, strides=2, padding="valid")" after
/// "layers.ZeroPadding2D(1)" where there is padding.
[[nodiscard]] std::string keras_line(const Setup& setup);

}  // namespace convoscope::models::convolve
