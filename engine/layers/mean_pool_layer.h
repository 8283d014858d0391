#pragma once

#include <memory>

#include "engine/kernels/mean_pool2d.h"
#include "engine/layers/layer.h"

namespace convoscope {

/// The layer of any pooling by means. Private to `layers/`.
[[nodiscard]] std::unique_ptr<Layer> make_mean_pool_layer(kernels::MeanPool2d pool);

}  // namespace convoscope
