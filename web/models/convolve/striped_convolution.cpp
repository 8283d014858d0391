#include "web/models/convolve/striped_convolution.h"

#include <algorithm>

#include "engine/core/lanes.h"
#include "engine/kernels/conv2d_backward_weights.h"

namespace convoscope::models::convolve {

StripedConvolution::StripedConvolution(Index rows,
                                       Index columns,
                                       const Window& vertical,
                                       const Window& horizontal)
    : strips_(rows, columns, vertical, horizontal),
      geometry_{.input = strips_.input(),
                .output = strips_.output(),
                .vertical = vertical,
                .horizontal = horizontal,
                .groups = 1},
      plan_(kernels::plan_conv2d_forward(geometry_)),
      panels_(at(plan_.panel_floats())),
      input_(at(strips_.input().element_count() * kLanes)),
      output_(at(strips_.output().element_count() * kLanes)) {}

void StripedConvolution::take(std::span<const float> grid) {
    strips_.cut_input(grid, input_);
}

void StripedConvolution::forward(std::span<const float> weights,
                                 float bias,
                                 std::span<float> output) {
    kernels::pack_conv2d_forward(plan_, {0, std::ssize(plan_.blocks)}, weights, panels_);
    kernels::gather(plan_, panels_, std::span(&bias, 1), input_, output_);
    strips_.join_output(output_, output);
}

}  // namespace convoscope::models::convolve
