#pragma once

// Networks of windows alone, for receptive fields.

#include <utility>
#include <vector>

#include "engine/core/index.h"
#include "engine/network/network_spec.h"

namespace convoscope::tests {

/// One window, the same along both axes.
struct Step {
    Index kernel;
    Index stride = 1;
    Index padding = 0;
    Index padding_end = 0;
};

inline LayerSpec window_layer(const Step& step, Index input) {
    return {.name = "window",
            .type = "conv2d",
            .inputs = {input},
            .attributes = Conv2dSpec{.kernel_height = step.kernel,
                                     .kernel_width = step.kernel,
                                     .stride_height = step.stride,
                                     .stride_width = step.stride,
                                     .padding_top = step.padding,
                                     .padding_bottom = step.padding_end,
                                     .padding_left = step.padding,
                                     .padding_right = step.padding_end}};
}

inline LayerSpec join_layer(std::vector<Index> inputs) {
    return {.name = "join", .type = "add", .inputs = std::move(inputs), .attributes = AddSpec{}};
}

/// Each layer reads the one before.
inline NetworkSpec chain(const std::vector<Step>& steps) {
    NetworkSpec spec;
    for (const Step& step : steps) {
        spec.layers.push_back(window_layer(step, static_cast<Index>(spec.layers.size())));
    }
    return spec;
}

/// Chains from the input that meet in a join.
inline NetworkSpec branches(const std::vector<std::vector<Step>>& paths) {
    NetworkSpec spec;
    std::vector<Index> ends;
    for (const std::vector<Step>& path : paths) {
        Index before = 0;
        for (const Step& step : path) {
            spec.layers.push_back(window_layer(step, before));
            before = static_cast<Index>(spec.layers.size());
        }
        ends.push_back(before);
    }
    spec.layers.push_back(join_layer(ends));
    return spec;
}

}  // namespace convoscope::tests
