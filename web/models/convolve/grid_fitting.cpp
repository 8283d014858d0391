#include "web/models/convolve/grid_fitting.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <utility>

#include "engine/core/random.h"
#include "web/models/convolve/catalogue.h"

namespace convoscope::models::convolve {
namespace {

constexpr Index kLeastForStripes = 5;

NumberGrid copy_of(const NumberGrid& grid, Index plane) {
    const std::span<const double> values = grid.plane(plane);
    return {.rows = grid.rows, .columns = grid.columns, .values = {values.begin(), values.end()}};
}

void append(NumberGrid& grid, const NumberGrid& plane) {
    grid.values.insert(grid.values.end(), plane.values.begin(), plane.values.end());
}

NumberGrid turned_quarter(const NumberGrid& grid) {
    NumberGrid turned{.rows = grid.columns, .columns = grid.rows, .values = {}};
    for (Index row = 0; row < turned.rows; ++row) {
        for (Index column = 0; column < turned.columns; ++column) {
            turned.values.push_back(grid.value(grid.rows - 1 - column, row));
        }
    }
    return turned;
}

/// A Gabor filter to one decimal: stripes of one direction, fading outwards.
double stripe(Index filter, Index slice, double x, double y) {
    constexpr Index kDirections = 6;
    constexpr double kWaves = 0.75;  // of a half side
    const double angle =
        std::numbers::pi * static_cast<double>(filter % kDirections) / double{kDirections};
    const double across = x * std::cos(angle) + y * std::sin(angle);
    const Index round = filter / kDirections;
    const double phase = static_cast<double>(round + slice) * std::numbers::pi / 3;
    const double value =
        std::exp(-2.0 * (x * x + y * y)) * std::cos(2 * std::numbers::pi * kWaves * across + phase);
    return std::round(value * 10.0) / 10.0 + 0.0;  // and no minus before a zero
}

void fit_picture(Setup& setup) {
    const Index rows = setup.height.input;
    const Index columns = setup.width.input;
    const NumberGrid& image = setup.image;
    if (image.rows == rows && image.columns == columns && image.planes == setup.input_channels) {
        return;
    }
    const NamedGrid* named = catalogue().picture(setup.picture);
    const NumberGrid source = named != nullptr ? named->grid : image;
    const NumberGrid first = copy_of(source, 0);
    NumberGrid fitted{
        .rows = rows, .columns = columns, .values = {}, .planes = setup.input_channels};
    for (Index channel = 0; channel < setup.input_channels; ++channel) {
        append(fitted,
               channel < source.planes ? resized_picture(copy_of(source, channel), rows, columns)
                                       : usual_channel(first, channel, rows, columns));
    }
    setup.image = std::move(fitted);
}

void fit_kernel(Setup& setup) {
    const Index rows = setup.height.kernel;
    const Index columns = setup.width.kernel;
    const Index slices = std::max<Index>(1, setup.input_channels / setup.groups);
    const Index planes = setup.output_channels * slices;
    const NumberGrid& weights = setup.weights;
    if (weights.rows == rows && weights.columns == columns && weights.planes == planes) {
        return;
    }
    const NamedGrid* named = catalogue().kernel(setup.kernel_name);
    const NumberGrid source = named != nullptr ? named->grid : weights;
    NumberGrid fitted{.rows = rows, .columns = columns, .values = {}, .planes = planes};
    for (Index plane = 0; plane < planes; ++plane) {
        append(fitted,
               plane < source.planes
                   ? resized_kernel(copy_of(source, plane), rows, columns)
                   : usual_weights(plane / slices, plane % slices, rows, columns));
    }
    setup.weights = std::move(fitted);
}

bool has_whole_groups(const Setup& setup) {
    return setup.input_channels % setup.groups == 0 && setup.output_channels % setup.groups == 0;
}

/// Where the weights of a filter for one of the input's channels stand.
std::optional<Index> plane_for(const Setup& setup, Index filter, Index channel) {
    const Index slice =
        filter < setup.output_channels ? channel - setup.first_channel_of(filter) : -1;
    return slice >= 0 && slice < setup.slices() ? std::optional(setup.weight_plane(filter, slice))
                                                : std::nullopt;
}

}  // namespace

NumberGrid resized_picture(const NumberGrid& picture, Index rows, Index columns) {
    const Index times = std::max<Index>(1,
                                        std::min(rows / std::max<Index>(1, picture.rows),
                                                 columns / std::max<Index>(1, picture.columns)));
    NumberGrid result{.rows = rows, .columns = columns, .values = {}};
    for (Index row = 0; row < rows; ++row) {
        for (Index column = 0; column < columns; ++column) {
            const bool inside = row / times < picture.rows && column / times < picture.columns;
            result.values.push_back(inside ? picture.value(row / times, column / times) : 0.0);
        }
    }
    return result;
}

NumberGrid resized_kernel(const NumberGrid& kernel, Index rows, Index columns) {
    // Of an even difference the first place is the one that more is cut off or added before.
    const auto first = [](Index from, Index to) {
        return from >= to ? (from - to + 1) / 2 : -((to - from) / 2);
    };
    const Index top = first(kernel.rows, rows);
    const Index left = first(kernel.columns, columns);
    NumberGrid result{.rows = rows, .columns = columns, .values = {}};
    for (Index row = top; row < top + rows; ++row) {
        for (Index column = left; column < left + columns; ++column) {
            const bool inside =
                row >= 0 && column >= 0 && row < kernel.rows && column < kernel.columns;
            result.values.push_back(inside ? kernel.value(row, column) : 0.0);
        }
    }
    return result;
}

NumberGrid usual_channel(const NumberGrid& first, Index channel, Index rows, Index columns) {
    NumberGrid turned = copy_of(first, 0);
    for (Index quarter = 0; quarter < channel % 4; ++quarter) {
        turned = turned_quarter(turned);
    }
    return resized_picture(turned, rows, columns);
}

NumberGrid usual_weights(Index filter, Index slice, Index rows, Index columns) {
    NumberGrid weights{.rows = rows, .columns = columns, .values = {}};
    Random random(static_cast<std::uint64_t>(filter * 64 + slice + 1), "filter");
    const bool stripes = rows >= kLeastForStripes && columns >= kLeastForStripes;
    const auto from_middle = [](Index place, Index count) {
        return (2.0 * static_cast<double>(place) + 1.0) / static_cast<double>(count) - 1.0;
    };
    for (Index row = 0; row < rows; ++row) {
        for (Index column = 0; column < columns; ++column) {
            weights.values.push_back(
                stripes
                    ? stripe(filter, slice, from_middle(column, columns), from_middle(row, rows))
                    : static_cast<double>(random.below(3)) - 1.0);
        }
    }
    return weights;
}

void carry_weights(const Setup& before, Setup& after) {
    if (!after.kernel_name.empty() || is_pooling(after.operation) || !has_whole_groups(before) ||
        !has_whole_groups(after)) {
        return;
    }
    const NumberGrid& source = before.weights;
    NumberGrid carried{.rows = source.rows,
                       .columns = source.columns,
                       .values = {},
                       .planes = after.output_channels * after.slices()};
    for (Index filter = 0; filter < after.output_channels; ++filter) {
        for (Index slice = 0; slice < after.slices(); ++slice) {
            const auto plane = plane_for(before, filter, after.first_channel_of(filter) + slice);
            append(carried,
                   plane ? copy_of(source, *plane)
                         : usual_weights(filter, slice, source.rows, source.columns));
        }
    }
    after.weights = std::move(carried);
}

void fit_grids(Setup& setup) {
    fit_picture(setup);
    fit_kernel(setup);
    setup.bias.resize(at(setup.output_channels));
}

}  // namespace convoscope::models::convolve
