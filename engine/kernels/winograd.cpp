#include "engine/kernels/winograd.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/winograd_tiles.h"
#include "engine/kernels/winograd_transform.h"

namespace convoscope::kernels {
namespace {

using winograd::ComponentLayout;
using winograd::kComponents;
using winograd::kKernel;

/// Patches and products of a strip: about half of a second-level cache of today.
constexpr Index kStripBytes = 512 * 1024;

WinogradPlan make_plan(const Shape& source,
                       const Shape& target,
                       Index padding_top,
                       Index padding_left) {
    WinogradPlan plan{.source = source,
                      .target = target,
                      .padding_top = padding_top,
                      .padding_left = padding_left,
                      .blocks = {}};
    const Index tile_bytes = kComponents * (source.channels + target.channels) * kLanes *
                             static_cast<Index>(sizeof(float));
    plan.strip_tiles =
        std::clamp<Index>(kStripBytes / tile_bytes, 1, winograd::grid_over(target).tiles());
    for (const RowBlock& block : split_rows(0, target.channels)) {
        plan.blocks.push_back(block);
    }
    return plan;
}

/// Products of one strip: for each component a matrix product, in the blocks of the panels.
void multiply(const WinogradPlan& plan,
              Index tiles,
              const float* panels,
              const float* patches,
              float* products) {
    const ComponentLayout from{.channels = plan.source.channels, .tiles = tiles};
    const ComponentLayout to{.channels = plan.target.channels, .tiles = tiles};
    const Index panel_step = plan.panel_floats() / kComponents;
    for (Index component = 0; component < kComponents; ++component) {
        for (const RowBlock& block : plan.blocks) {
            accumulate(block.rows,
                       {.a = panels + component * panel_step + block.begin * from.channels,
                        .b = patches + component * from.component_step(),
                        .c = products + component * to.component_step() + block.begin * kLanes,
                        .run = from.channels,
                        .pixels = tiles,
                        .b_pixel_step = from.tile_step(),
                        .c_pixel_step = to.tile_step()});
        }
    }
}

}  // namespace

bool winograd_wins(const Conv2dGeometry& geometry) {
    const auto fits = [](const Window& window) {
        return window.size == kKernel && window.stride == 1 && window.dilation == 1;
    };
    const Index outputs = geometry.output.height * geometry.output.width;
    const Index tiles = winograd::grid_over(geometry.output).tiles();
    return fits(geometry.vertical) && fits(geometry.horizontal) && geometry.groups == 1 &&
           std::min(geometry.input.channels, geometry.output.channels) >= kWinogradFewestChannels &&
           geometry.input.channels * geometry.output.channels <= kWinogradMostChannelPairs &&
           2 * kComponents * tiles <= kKernel * kKernel * outputs;
}

Index WinogradPlan::panel_floats() const {
    // A cache line between two components' panels, for the same reason as in ComponentLayout.
    return kComponents * (source.channels * target.channels + 16);
}

Index WinogradPlan::scratch_floats() const {
    const ComponentLayout from{.channels = source.channels, .tiles = strip_tiles};
    const ComponentLayout to{.channels = target.channels, .tiles = strip_tiles};
    return source.channels * kLanes + from.floats() + to.floats();
}

WinogradPlan plan_winograd_forward(const Conv2dGeometry& geometry) {
    return make_plan(geometry.input,
                     geometry.output,
                     geometry.vertical.padding_begin,
                     geometry.horizontal.padding_begin);
}

WinogradPlan plan_winograd_backward_input(const Conv2dGeometry& geometry) {
    return make_plan(geometry.output,
                     geometry.input,
                     kKernel - 1 - geometry.vertical.padding_begin,
                     kKernel - 1 - geometry.horizontal.padding_begin);
}

void winograd_gather(const WinogradPlan& plan,
                     std::span<const float> panels,
                     std::span<const float> start,
                     std::span<const float> source,
                     std::span<float> scratch,
                     std::span<float> target) {
    CONVOSCOPE_CHECK(std::ssize(panels) >= plan.panel_floats());
    CONVOSCOPE_CHECK(std::ssize(scratch) >= plan.scratch_floats());
    const winograd::TileGrid outputs = winograd::grid_over(plan.target);
    const winograd::TileGrid patches =
        winograd::grid_under(outputs, plan.source, plan.padding_top, plan.padding_left);
    const auto zeros = scratch.first(static_cast<std::size_t>(plan.source.channels * kLanes));
    std::ranges::fill(zeros, 0.0F);
    for (Index begin = 0; begin < outputs.tiles(); begin += plan.strip_tiles) {
        const IndexRange strip{.begin = begin,
                               .end = std::min(begin + plan.strip_tiles, outputs.tiles())};
        const ComponentLayout from{.channels = plan.source.channels, .tiles = strip.count()};
        const auto components = scratch.subspan(zeros.size());
        const auto products = components.subspan(static_cast<std::size_t>(from.floats()));
        winograd::transform_patches(patches, strip, source, zeros, components);
        multiply(plan, strip.count(), panels.data(), components.data(), products.data());
        winograd::transform_outputs(outputs, strip, products, start, target);
    }
}

}  // namespace convoscope::kernels
