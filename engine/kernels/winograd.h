#pragma once

// 3×3 convolutions by Winograd's minimal filtering (winograd_transform.h): a quarter of the
// multiplications, more additions. Images lie in the lanes, so a transform is whole-register
// additions, and what is multiplied in between are 36 matrices, one a component:
//
//     product [component][tile][target channel][lane] =
//         panels [component][target channel][source channel] · patches [component][tile][source
//         channel][lane]
//
// A strip of tiles goes through all three stages at a time, so that it stays in the cache.

#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/window.h"
#include "engine/kernels/accumulate.h"
#include "engine/kernels/conv2d_geometry.h"

namespace convoscope::kernels {

/// Whether this convolution may go this way, and wins by it: a 3×3 kernel with stride, dilation and
/// groups of 1; channels within the limits below; and tiles of 4×4 that cover the outputs without
/// covering much else, so that at least half of the multiplications are saved.
[[nodiscard]] bool winograd_wins(const Conv2dGeometry& geometry);

/// On both sides: with fewer the transforms outweigh the products.
inline constexpr Index kWinogradFewestChannels = 8;
/// Input times output channels: the panels of both ways take eight times the weights' memory, which
/// for more than this is more than a browser tab should give.
inline constexpr Index kWinogradMostChannelPairs = Index{256} * 256;

struct WinogradPlan {
    Shape source;
    Shape target;
    Index padding_top = 0;  ///< source rows missing above the first target row's window; may be < 0
    Index padding_left = 0;
    Index strip_tiles = 0;         ///< of one strip; strips go on from row to row
    std::vector<RowBlock> blocks;  ///< of target channels

    [[nodiscard]] Index panel_floats() const;
    [[nodiscard]] Index scratch_floats() const;
};

/// From input to output. Expects: a 3×3 kernel, everything else 1.
[[nodiscard]] WinogradPlan plan_winograd_forward(const Conv2dGeometry& geometry);
/// From d_output to d_input: the same with the kernel turned by half a turn.
[[nodiscard]] WinogradPlan plan_winograd_backward_input(const Conv2dGeometry& geometry);

/// Transforms weights of the engine's order into the panels of `plan_winograd_forward`, those of
/// some of the plan's blocks.
void pack_winograd_forward(const WinogradPlan& plan,
                           IndexRange blocks,
                           std::span<const float> weights,
                           std::span<float> panels);
/// Those of `plan_winograd_backward_input`.
void pack_winograd_backward_input(const WinogradPlan& plan,
                                  IndexRange blocks,
                                  std::span<const float> weights,
                                  std::span<float> panels);

/// What `gather` computes, with panels of a plan of this file: the same numbers but for rounding.
/// Overwrites `target`, which must not overlap the source. `start` may be empty: zeros.
void winograd_gather(const WinogradPlan& plan,
                     std::span<const float> panels,
                     std::span<const float> start,
                     std::span<const float> source,
                     std::span<float> scratch,
                     std::span<float> target);

}  // namespace convoscope::kernels
