#pragma once

// The definition of max pooling: plain loops over one NCHW image in double.

#include <span>

#include "engine/core/index.h"
#include "engine/kernels/max_pool2d.h"

namespace convoscope::kernels::reference {

/// `winners` gets the number, row·KW + column, of each window's winning cell. Overwrites both.
void max_pool2d_forward(const Pool2dGeometry& geometry,
                        std::span<const double> input,
                        std::span<double> output,
                        std::span<Index> winners);

/// Overwrites `d_input`.
void max_pool2d_backward(const Pool2dGeometry& geometry,
                         std::span<const Index> winners,
                         std::span<const double> d_output,
                         std::span<double> d_input);

}  // namespace convoscope::kernels::reference
