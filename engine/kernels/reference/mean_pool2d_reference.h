#pragma once

// The definition of pooling by means: plain loops over one NCHW image in double.

#include <span>

#include "engine/kernels/mean_pool2d.h"

namespace convoscope::kernels::reference {

/// Overwrites `output`.
void mean_pool2d_forward(const MeanPool2d& pool,
                         std::span<const double> input,
                         std::span<double> output);

}  // namespace convoscope::kernels::reference
