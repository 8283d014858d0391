#pragma once

// A convolution and its gradient by the input are the same act: every cell of the target gathers
// cells of the source, each multiplied by one tap of the kernel. Only which cells, and which taps,
// differs. A plan holds that for each axis; zeros of the padding are never multiplied.
//
// The weights come packed for the micro-kernel, target channels in blocks:
//
//     panels [block][tap row][tap column][source channel of the group][block row]

#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/conv2d_geometry.h"

namespace convoscope::kernels {

/// Target cells at regular distance that use the same taps.
struct GatherSegment {
    Index first_target = 0;
    Index targets = 0;
    Index first_tap = 0;
    Index taps = 0;          ///< 0: these cells gather nothing
    Index first_source = 0;  ///< read by the first target's first tap
};

/// One axis: target t of a segment lies at first_target + t·target_step; its tap i is panel tap
/// first_tap + i·tap_step and reads source first_source + t·source_step + i·source_tap_step.
struct GatherAxis {
    std::vector<GatherSegment> segments;
    Index panel_taps = 1;
    Index target_step = 1;
    Index tap_step = 1;
    Index source_step = 1;
    Index source_tap_step = 1;
};

struct GatherPlan {
    GatherAxis vertical;
    GatherAxis horizontal;
    Shape source;
    Shape target;
    Index groups = 1;
    std::vector<RowBlock> blocks;  ///< of target channels; none straddles two groups

    [[nodiscard]] Index group_source_channels() const { return source.channels / groups; }
    /// Panel floats of one target channel.
    [[nodiscard]] Index panel_depth() const {
        return vertical.panel_taps * horizontal.panel_taps * group_source_channels();
    }
    [[nodiscard]] Index panel_floats() const { return target.channels * panel_depth(); }
};

/// From input to output: taps in their order.
[[nodiscard]] GatherPlan plan_conv2d_forward(const Conv2dGeometry& geometry);

/// From d_output to d_input: taps in reverse, so that the source is read upwards.
[[nodiscard]] GatherPlan plan_conv2d_backward_input(const Conv2dGeometry& geometry);

/// Rearranges weights of the engine's order into the panels of `plan_conv2d_forward`, those of some
/// of the plan's blocks.
void pack_conv2d_forward(const GatherPlan& plan,
                         IndexRange blocks,
                         std::span<const float> weights,
                         std::span<float> panels);

/// Rearranges weights of the engine's order into the panels of `plan_conv2d_backward_input`, those
/// of some of the plan's blocks.
void pack_conv2d_backward_input(const GatherPlan& plan,
                                IndexRange blocks,
                                std::span<const float> weights,
                                std::span<float> panels);

/// target[cell][channel] = start[channel] + sum over taps and source channels of
/// panel · source[cell's tap][channel]; activations `[h][w][c][lane]`.
/// With the forward plan and start = bias: `torch.nn.functional.conv2d`. With the backward plan
/// and no start: `torch.nn.grad.conv2d_input`. With one cell: `torch.nn.functional.linear`.
/// Overwrites `target`, which must not overlap the source. `start` may be empty: zeros.
void gather(const GatherPlan& plan,
            std::span<const float> panels,
            std::span<const float> start,
            std::span<const float> source,
            std::span<float> target);

}  // namespace convoscope::kernels
