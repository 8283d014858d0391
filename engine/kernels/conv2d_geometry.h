#pragma once

#include "engine/core/index.h"
#include "engine/core/shape.h"
#include "engine/core/window.h"

namespace convoscope::kernels {

/// A convolution's extents, free of how it is computed. Weights in the engine's order are
/// `[out channel][kernel row][kernel column][input channel of the group]`.
struct Conv2dGeometry {
    Shape input;
    Shape output;
    Window vertical;
    Window horizontal;
    Index groups = 1;

    [[nodiscard]] Index group_in_channels() const { return input.channels / groups; }
    [[nodiscard]] Index group_out_channels() const { return output.channels / groups; }
    [[nodiscard]] Index kernel_cells() const { return vertical.size * horizontal.size; }
    /// Weights of one output channel.
    [[nodiscard]] Index weights_per_output() const { return kernel_cells() * group_in_channels(); }
    [[nodiscard]] Index weight_count() const { return output.channels * weights_per_output(); }
};

}  // namespace convoscope::kernels
