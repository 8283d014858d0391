#pragma once

#include <vector>

#include "engine/core/padding_mode.h"
#include "web/models/inspect/neuron.h"

namespace convoscope::models::inspect {

/// What comes back to one number of a value from the layers that read it.
struct Routes {
    /// A patch a reading map: its errors in `inputs`, 0 where they were not captured, and what each
    /// is multiplied by in `weights`.
    std::vector<Patch> patches;
    bool whole = true;  ///< false: a layer reads it whose slope is not taken apart
    bool end = false;   ///< it is a number of the network's output
};

/// `element` counts the numbers of the value in the order `[channel][row][column]`. Expects: the
/// number exists, and all activations are captured.
[[nodiscard]] Routes routes_back(const Values& values, Index value, Index element);

/// Uses of a place of a window's axis: which output reads it by which tap.
struct AxisUse {
    Index output = 0;
    Index tap = 0;
};
/// How a convolution or a pooling walks along one axis.
struct AxisWindow {
    Index input = 1;
    Index outputs = 1;
    Index kernel = 1;
    Index stride = 1;
    Index dilation = 1;
    Index padding = 0;
    PaddingMode mode = PaddingMode::zeros;

    /// The place that an output's tap reads, or -1: padding of zeros.
    [[nodiscard]] Index source(const AxisUse& use) const;
    [[nodiscard]] std::vector<AxisUse> uses_of(Index place) const;
};
/// How a convolution walks along both axes.
struct Windows {
    AxisWindow rows;
    AxisWindow columns;
};
[[nodiscard]] Windows windows_of(const Conv2dSpec& spec, const Shape& input, const Shape& output);

}  // namespace convoscope::models::inspect
