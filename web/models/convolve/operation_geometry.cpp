#include "web/models/convolve/operation_geometry.h"

#include <algorithm>
#include <utility>

namespace convoscope::models::convolve {
namespace {

using kernels::Conv2dGeometry;

Shape shape_of(const NumberGrid& grid) {
    return {.channels = grid.planes, .height = grid.rows, .width = grid.columns};
}

Window over_grid(const WindowAxis& axis) {
    return {.size = axis.taps, .stride = axis.stride, .dilation = axis.dilation};
}

/// Of the engine's order of a transposed convolution's planes: which of the setup's comes next.
std::vector<Index> planes_by_channel(const Setup& setup) {
    const Index filters = setup.output_channels / setup.groups;
    std::vector<Index> planes;
    planes.reserve(at(setup.weights.planes));
    for (Index channel = 0; channel < setup.input_channels; ++channel) {
        const Index group = channel / setup.slices();
        for (Index filter = group * filters; filter < (group + 1) * filters; ++filter) {
            planes.push_back(setup.weight_plane(filter, channel % setup.slices()));
        }
    }
    return planes;
}

void turn_planes(NumberGrid& weights) {
    for (Index plane = 0; plane < weights.planes; ++plane) {
        std::ranges::reverse(weights.plane(plane));
    }
}

}  // namespace

NumberGrid written_out(const NumberGrid& image, const WindowAxis& rows, const WindowAxis& columns) {
    NumberGrid grid{
        .rows = rows.count(), .columns = columns.count(), .values = {}, .planes = image.planes};
    for (Index channel = 0; channel < image.planes; ++channel) {
        for (const Position& row : rows.positions) {
            for (const Position& column : columns.positions) {
                const bool zero = row.source < 0 || column.source < 0;
                grid.values.push_back(zero ? 0.0 : image.value(channel, row.source, column.source));
            }
        }
    }
    return grid;
}

Conv2dGeometry geometry_over(const NumberGrid& grid,
                             const Setup& setup,
                             const Arithmetic& arithmetic) {
    return {.input = shape_of(grid),
            .output = shape_of(arithmetic.output),
            .vertical = over_grid(arithmetic.rows),
            .horizontal = over_grid(arithmetic.columns),
            .groups = setup.groups};
}

Conv2dGeometry direct_geometry(const Setup& setup, const Arithmetic& arithmetic) {
    const auto window = [](const AxisSetup& axis) {
        Window both = axis.window();
        both.padding_end = both.padding_begin;
        return both;
    };
    return {.input = shape_of(arithmetic.output),
            .output = shape_of(setup.image),
            .vertical = window(setup.height),
            .horizontal = window(setup.width),
            .groups = setup.groups};
}

kernels::Pool2dGeometry pool_geometry(const Setup& setup, const Arithmetic& arithmetic) {
    return {.input = shape_of(setup.image),
            .output = shape_of(arithmetic.output),
            .vertical = setup.height.window(),
            .horizontal = setup.width.window()};
}

std::vector<double> engine_weights(const Setup& setup) {
    NumberGrid weights = setup.weights;
    if (setup.turn_kernel) {
        turn_planes(weights);
    }
    if (setup.operation != Operation::transposed) {
        return weights.values;
    }
    std::vector<double> by_channel;
    by_channel.reserve(weights.values.size());
    for (const Index from : planes_by_channel(setup)) {
        const std::span<const double> plane = std::as_const(weights).plane(from);
        by_channel.insert(by_channel.end(), plane.begin(), plane.end());
    }
    return by_channel;
}

NumberGrid weights_from_engine(const Setup& setup, std::span<const double> weights) {
    NumberGrid result = setup.weights;
    if (setup.operation == Operation::transposed) {
        for (const Index to : planes_by_channel(setup)) {
            const std::span<double> plane = result.plane(to);
            std::ranges::copy(weights.first(plane.size()), plane.begin());
            weights = weights.subspan(plane.size());
        }
    } else {
        std::ranges::copy(weights, result.values.begin());
    }
    if (setup.turn_kernel) {
        turn_planes(result);
    }
    return result;
}

}  // namespace convoscope::models::convolve
