#pragma once

// The definitions of the functions across channels: plain loops over one NCHW image in double.

#include <span>

#include "engine/core/shape.h"
#include "engine/kernels/local_response_norm.h"

namespace convoscope::kernels::reference {

/// Overwrites `output` `[c][h][w]`.
void softmax(const Shape& shape, std::span<const double> input, std::span<double> output);

/// Overwrites `output` `[c][h][w]`.
void local_response_norm(const ResponseNorm& norm,
                         const Shape& shape,
                         std::span<const double> input,
                         std::span<double> output);

}  // namespace convoscope::kernels::reference
