// What becomes of a real picture under a kernel, and the window under the lens.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "engine/core/lanes.h"
#include "engine/kernels/max_pool2d.h"
#include "web/models/convolve/photo.h"
#include "web/models/convolve/striped_convolution.h"

namespace convoscope::models::convolve {
namespace {

/// The weights that meet the window's places, in their order.
std::vector<float> window_weights(const Setup& setup) {
    std::vector<float> weights;
    const Index taps = setup.height.kernel * setup.width.kernel;
    for (Index i = 0; i < taps; ++i) {
        if (setup.operation == Operation::average_pool) {
            weights.push_back(1.0F / static_cast<float>(taps));
        } else {
            const CellPlace weight =
                weight_at_tap(setup, {i / setup.width.kernel, i % setup.width.kernel});
            weights.push_back(static_cast<float>(setup.weights.value(weight.row, weight.column)));
        }
    }
    return weights;
}

Window grid_window(const WindowAxis& axis) {
    return {.size = axis.taps, .stride = axis.stride, .dilation = axis.dilation};
}

void pool_max(std::span<const float> grid,
              const WindowAxis& rows,
              const WindowAxis& columns,
              std::span<float> output) {
    const Strips strips(rows.count(), columns.count(), grid_window(rows), grid_window(columns));
    const kernels::Pool2dGeometry geometry{.input = strips.input(),
                                           .output = strips.output(),
                                           .vertical = grid_window(rows),
                                           .horizontal = grid_window(columns)};
    const Index cells = strips.output().element_count() * kLanes;
    std::vector<float> input(at(strips.input().element_count() * kLanes));
    std::vector<float> greatest(at(cells));
    std::vector<std::byte> winners(at(cells * geometry.winner_bytes()));
    strips.cut_input(grid, input);
    kernels::max_pool2d_forward(geometry, input, greatest, winners);
    strips.join_output(greatest, output);
}

/// What of the axis lies under the window at an output, as an axis with one output: pixels, and
/// zeros of padding where they are zeros around the picture.
struct AxisPatch {
    AxisSetup axis;
    std::vector<Index> sources;  ///< the pixels, or kNothing for a zero, that are written out
};

AxisPatch patch_of(const WindowAxis& axis, Index output, bool padding_apart) {
    AxisPatch patch;
    patch.axis.kernel = axis.taps;
    patch.axis.dilation = axis.dilation;
    const Index first = axis.place(output, 0);
    bool inside = false;
    for (Index i = first; i < first + axis.extent(); ++i) {
        const Position& position = axis.positions[at(i)];
        if (position.kind != PositionKind::padding || !padding_apart) {
            patch.sources.push_back(position.source);
            inside = true;
        } else {
            ++(inside ? patch.axis.padding_end : patch.axis.padding_begin);
        }
    }
    if (patch.sources.empty()) {  // a window that lies beside the picture
        patch.sources.assign(at(axis.extent()), Position::kNothing);
        patch.axis.padding_begin = 0;
    }
    patch.axis.input = std::ssize(patch.sources);
    return patch;
}

}  // namespace

void Photo::take_setup(const Model& room) {
    setup_ = room.setup();
    const Index plane = room.weight_plane();
    const auto weights = room.setup().weights.plane(plane);
    setup_.weights.values.assign(weights.begin(), weights.end());
    setup_.weights.planes = 1;
    setup_.bias = {is_pooling(setup_.operation) ? 0.0 : setup_.bias[at(room.filter())]};
    setup_.input_channels = setup_.output_channels = setup_.groups = 1;
    setup_.height.input = shown_.rows;
    setup_.width.input = shown_.columns;
    setup_.image = {};
    setup_.picture.clear();
    setup_.kernel_name.clear();
}

void Photo::convolve() {
    output_.clear();
    rows_ = columns_ = {};
    greatest_ = 0.0F;
    problem_.clear();
    if (shown_.bytes.empty()) {
        return;
    }
    const Result<WindowAxis> rows = window_axis(setup_, setup_.height, "height");
    const Result<WindowAxis> columns = window_axis(setup_, setup_.width, "width");
    if (!rows || !columns) {
        problem_ = sentence_of((rows ? columns : rows).error().message);
        return;
    }
    if (std::max(rows->outputs, columns->outputs) > kLargestOutput) {
        problem_ = "The output would have " + std::to_string(rows->outputs) + " × " +
                   std::to_string(columns->outputs) + " pixels; at most " +
                   std::to_string(kLargestOutput) + " are shown. Take a smaller picture.";
        return;
    }
    rows_ = *rows;
    columns_ = *columns;
    const Index cells = rows_.outputs * columns_.outputs;
    output_.resize(at(shown_.channels * cells));
    const bool maximum = setup_.operation == Operation::max_pool;
    const std::vector<float> weights = window_weights(setup_);
    StripedConvolution convolution(
        rows_.count(), columns_.count(), grid_window(rows_), grid_window(columns_));
    for (Index plane = 0; plane < shown_.channels; ++plane) {
        const auto output = std::span(output_).subspan(at(plane * cells), at(cells));
        if (maximum) {
            constexpr float kLeast = -std::numeric_limits<float>::infinity();
            pool_max(grid_of(plane, kLeast), rows_, columns_, output);
        } else {
            convolution.take(grid_of(plane, 0.0F));
            convolution.forward(weights, static_cast<float>(setup_.bias[0]), output);
        }
    }
    greatest_ = 0.0F;
    for (const float value : output_) {
        greatest_ = std::max(greatest_, std::abs(value));
    }
}

std::vector<float> Photo::grid_of(Index plane, float padding) const {
    std::vector<float> grid;
    grid.reserve(at(rows_.count() * columns_.count()));
    const std::span<const std::uint8_t> pixels = shown_.plane(plane);
    for (const Position& row : rows_.positions) {
        for (const Position& column : columns_.positions) {
            const bool zero = row.source < 0 || column.source < 0;
            grid.push_back(
                zero ? padding
                     : static_cast<float>(pixels[at(row.source * shown_.columns + column.source)]));
        }
    }
    return grid;
}

void Photo::refresh_detail() {
    if (output_.empty()) {
        return;
    }
    const bool apart = setup_.operation != Operation::transposed &&
                       (is_pooling(setup_.operation) || setup_.padding_mode == PaddingMode::zeros);
    const AxisPatch rows = patch_of(rows_, place_.row, apart);
    const AxisPatch columns = patch_of(columns_, place_.column, apart);
    const std::span<const std::uint8_t> pixels = shown_.plane(plane());
    NumberGrid image{.rows = rows.axis.input, .columns = columns.axis.input, .values = {}};
    for (const Index row : rows.sources) {
        for (const Index column : columns.sources) {
            image.values.push_back(
                row < 0 || column < 0 ? 0.0 : pixels[at(row * shown_.columns + column)]);
        }
    }
    detail_.change([&](Setup& setup) {
        setup = setup_;
        setup.height = rows.axis;
        setup.width = columns.axis;
        setup.padding_mode = PaddingMode::zeros;
        setup.image = image;
        if (setup.operation == Operation::transposed) {  // a convolution over the stretched pixels
            setup.operation = Operation::convolution;
            setup.turn_kernel = !setup.turn_kernel;
        }
    });
}

}  // namespace convoscope::models::convolve
