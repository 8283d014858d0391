#pragma once

// The definition of the convolution and its gradients: plain loops over one NCHW image in double.
// What the fast kernels are tested against.

#include <span>

#include "engine/kernels/conv2d_geometry.h"

namespace convoscope::kernels::reference {

// Shapes: input [c][h][w], weights [oc][ic of the group][kh][kw], bias [oc] (may be empty),
// output [oc][oh][ow]. Each function overwrites its result.

void conv2d_forward(const Conv2dGeometry& geometry,
                    std::span<const double> input,
                    std::span<const double> weights,
                    std::span<const double> bias,
                    std::span<double> output);

void conv2d_backward_input(const Conv2dGeometry& geometry,
                           std::span<const double> weights,
                           std::span<const double> d_output,
                           std::span<double> d_input);

void conv2d_backward_weights(const Conv2dGeometry& geometry,
                             std::span<const double> input,
                             std::span<const double> d_output,
                             std::span<double> d_weights);

void conv2d_backward_bias(const Conv2dGeometry& geometry,
                          std::span<const double> d_output,
                          std::span<double> d_bias);

}  // namespace convoscope::kernels::reference
