#include <numeric>

#include "engine/core/check.h"
#include "engine/kernels/gather.h"

namespace convoscope::kernels {
namespace {

/// Appends one target cell, or lengthens the last segment if this cell continues it.
void append_target(GatherAxis& axis, std::size_t oldest_segment, const GatherSegment& cell) {
    if (axis.segments.size() > oldest_segment) {
        GatherSegment& last = axis.segments.back();
        const bool same_taps = last.first_tap == cell.first_tap && last.taps == cell.taps;
        if (same_taps && last.first_source + last.targets * axis.source_step == cell.first_source) {
            ++last.targets;
            return;
        }
    }
    axis.segments.push_back(cell);
}

GatherAxis forward_axis(const Window& window, Index input, Index outputs) {
    GatherAxis axis{.segments = {},
                    .panel_taps = window.size,
                    .target_step = 1,
                    .tap_step = 1,
                    .source_step = window.stride,
                    .source_tap_step = window.dilation};
    for (Index output = 0; output < outputs; ++output) {
        const IndexRange taps = taps_inside(window, output, input);
        const Index start = output * window.stride - window.padding_begin;
        append_target(axis,
                      0,
                      {.first_target = output,
                       .targets = 1,
                       .first_tap = taps.begin,
                       .taps = taps.count(),
                       .first_source = start + taps.begin * window.dilation});
    }
    return axis;
}

/// Output o touches input p through tap t where o·stride = p + padding - t·dilation. For one p the
/// taps that fit are stride/gcd apart, and so are their outputs by dilation/gcd, the other way
/// round: with the taps counted from the last one both ascend.
GatherAxis backward_axis(const Window& window, Index input, Index outputs) {
    const Index common = std::gcd(window.stride, window.dilation);
    GatherAxis axis{.segments = {},
                    .panel_taps = window.size,
                    .target_step = window.stride,
                    .tap_step = window.stride / common,
                    .source_step = 1,
                    .source_tap_step = window.dilation / common};
    for (Index phase = 0; phase < window.stride && phase < input; ++phase) {
        const std::size_t oldest_segment = axis.segments.size();
        for (Index position = phase; position < input; position += window.stride) {
            GatherSegment cell{.first_target = position, .targets = 1};
            for (Index panel_tap = 0; panel_tap < window.size; ++panel_tap) {
                const Index tap = window.size - 1 - panel_tap;
                const Index scaled = position + window.padding_begin - tap * window.dilation;
                if (scaled < 0 || scaled % window.stride != 0 ||
                    scaled / window.stride >= outputs) {
                    continue;
                }
                if (cell.taps == 0) {
                    cell.first_tap = panel_tap;
                    cell.first_source = scaled / window.stride;
                }
                ++cell.taps;
            }
            append_target(axis, oldest_segment, cell);
        }
    }
    return axis;
}

std::vector<RowBlock> split_groups(Index channels, Index groups) {
    std::vector<RowBlock> blocks;
    const Index group_channels = channels / groups;
    for (Index group = 0; group < groups; ++group) {
        for (const RowBlock& block :
             split_rows(group * group_channels, (group + 1) * group_channels)) {
            blocks.push_back(block);
        }
    }
    return blocks;
}

}  // namespace

GatherPlan plan_conv2d_forward(const Conv2dGeometry& geometry) {
    return {
        .vertical = forward_axis(geometry.vertical, geometry.input.height, geometry.output.height),
        .horizontal =
            forward_axis(geometry.horizontal, geometry.input.width, geometry.output.width),
        .source = geometry.input,
        .target = geometry.output,
        .groups = geometry.groups,
        .blocks = split_groups(geometry.output.channels, geometry.groups)};
}

GatherPlan plan_conv2d_backward_input(const Conv2dGeometry& geometry) {
    return {
        .vertical = backward_axis(geometry.vertical, geometry.input.height, geometry.output.height),
        .horizontal =
            backward_axis(geometry.horizontal, geometry.input.width, geometry.output.width),
        .source = geometry.output,
        .target = geometry.input,
        .groups = geometry.groups,
        .blocks = split_groups(geometry.input.channels, geometry.groups)};
}

}  // namespace convoscope::kernels
