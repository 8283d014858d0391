#include "web/models/convolve/arithmetic.h"

#include <algorithm>
#include <cctype>

#include "engine/analysis/transposed_convolution.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "engine/kernels/reference/max_pool2d_reference.h"
#include "engine/kernels/reference/mean_pool2d_reference.h"

namespace convoscope::models::convolve {
namespace {

using kernels::Conv2dGeometry;
namespace reference = kernels::reference;

Shape plane(Index height, Index width) {
    return {.channels = 1, .height = height, .width = width};
}

/// The picture with its padding and stretching written out.
NumberGrid written_out(const NumberGrid& image, const WindowAxis& rows, const WindowAxis& columns) {
    NumberGrid grid{.rows = rows.count(), .columns = columns.count(), .values = {}};
    for (const Position& row : rows.positions) {
        for (const Position& column : columns.positions) {
            const bool zero = row.source < 0 || column.source < 0;
            grid.values.push_back(zero ? 0.0 : image.value(row.source, column.source));
        }
    }
    return grid;
}

Window over_grid(const WindowAxis& axis) {
    return {.size = axis.taps, .stride = axis.stride, .dilation = axis.dilation};
}

std::vector<double> seen_weights(const Setup& setup) {
    std::vector<double> weights = setup.weights.values;
    if (setup.turn_kernel) {
        std::ranges::reverse(weights);
    }
    return weights;
}

void convolve_direct(const Setup& setup, Arithmetic& result) {
    const NumberGrid grid = written_out(setup.image, result.rows, result.columns);
    const Conv2dGeometry geometry{.input = plane(grid.rows, grid.columns),
                                  .output = plane(result.output.rows, result.output.columns),
                                  .vertical = over_grid(result.rows),
                                  .horizontal = over_grid(result.columns)};
    const std::vector<double> bias{setup.bias};
    reference::conv2d_forward(
        geometry, grid.values, seen_weights(setup), bias, result.output.values);
}

/// The input's gradient of the direct convolution, which a transposed convolution is.
void convolve_transposed(const Setup& setup, Arithmetic& result) {
    const auto window = [](const AxisSetup& axis) {
        Window both = axis.window();
        both.padding_end = both.padding_begin;
        return both;
    };
    const Conv2dGeometry direct{.input = plane(result.output.rows, result.output.columns),
                                .output = plane(setup.image.rows, setup.image.columns),
                                .vertical = window(setup.height),
                                .horizontal = window(setup.width)};
    reference::conv2d_backward_input(
        direct, seen_weights(setup), setup.image.values, result.output.values);
    for (double& value : result.output.values) {
        value += setup.bias;
    }
}

void pool_max(const Setup& setup, Arithmetic& result) {
    const kernels::Pool2dGeometry geometry{
        .input = plane(setup.image.rows, setup.image.columns),
        .output = plane(result.output.rows, result.output.columns),
        .vertical = setup.height.window(),
        .horizontal = setup.width.window()};
    result.winners.resize(at(result.output_cells()));
    reference::max_pool2d_forward(
        geometry, setup.image.values, result.output.values, result.winners);
}

/// Padding counts, as `torch.nn.AvgPool2d` does it.
std::vector<kernels::MeanSpan> mean_spans(const AxisSetup& axis, Index outputs) {
    std::vector<kernels::MeanSpan> spans;
    for (Index output = 0; output < outputs; ++output) {
        const Index start = output * axis.stride - axis.padding_begin;
        spans.push_back({.begin = std::max<Index>(start, 0),
                         .end = std::min(start + axis.kernel, axis.input),
                         .divisor = axis.kernel});
    }
    return spans;
}

void pool_mean(const Setup& setup, Arithmetic& result) {
    const kernels::MeanPool2d pool{.input = plane(setup.image.rows, setup.image.columns),
                                   .rows = mean_spans(setup.height, result.rows.outputs),
                                   .columns = mean_spans(setup.width, result.columns.outputs)};
    reference::mean_pool2d_forward(pool, setup.image.values, result.output.values);
}

/// The guide names a transposed convolution after the direct one that it goes back over.
Relationship relationship_of(const Setup& setup, const AxisSetup& axis, Index outputs) {
    const bool back = setup.operation == Operation::transposed;
    const ConvolutionAxis direct{.input = back ? outputs : axis.input,
                                 .kernel_size = axis.kernel,
                                 .stride = axis.stride,
                                 .padding = std::max(axis.padding_begin, axis.padding_end),
                                 .dilation = axis.dilation};
    if (back) {
        return recognise(direct, SlidingKind::transposed_convolution);
    }
    if (!has_symmetric_padding(axis)) {
        return {.number = 0,
                .name = "unequal padding",
                .conditions = {},
                .formula = {},
                .equivalent = {}};
    }
    return recognise(direct,
                     is_pooling(setup.operation) ? SlidingKind::pooling : SlidingKind::convolution);
}

void count_costs(const Setup& setup, Arithmetic& result) {
    const Index kernel = setup.height.kernel * setup.width.kernel;
    const Index cells = setup.operation == Operation::transposed
                            ? setup.height.input * setup.width.input
                            : result.output_cells();
    if (!is_pooling(setup.operation)) {
        result.parameters = kernel + 1;
        result.multiply_accumulates = kernel * cells;
    }
}

/// Which kind a cell is of where its row and its column differ: the greater.
int rank_of(PositionKind kind) {
    switch (kind) {
        case PositionKind::padding:
            return 2;
        case PositionKind::stretched:
            return 1;
        case PositionKind::pixel:
            break;
    }
    return 0;
}

std::string sentence_of(std::string message) {
    message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(message.front())));
    return message + ".";
}

}  // namespace

Arithmetic compute(const Setup& setup) {
    Arithmetic result;
    const Result<WindowAxis> rows = window_axis(setup, setup.height, "height");
    const Result<WindowAxis> columns = window_axis(setup, setup.width, "width");
    if (!rows || !columns) {
        result.problem = sentence_of(rows ? columns.error().message : rows.error().message);
        result.problem_axis = rows ? "width" : "height";
        return result;
    }
    result.rows = *rows;
    result.columns = *columns;
    result.output = {.rows = rows->outputs, .columns = columns->outputs, .values = {}};
    result.output.values.resize(at(result.output_cells()));
    switch (setup.operation) {
        case Operation::convolution:
            convolve_direct(setup, result);
            break;
        case Operation::transposed:
            convolve_transposed(setup, result);
            break;
        case Operation::max_pool:
            pool_max(setup, result);
            break;
        case Operation::average_pool:
            pool_mean(setup, result);
            break;
    }
    result.row_relationship = relationship_of(setup, setup.height, rows->outputs);
    result.column_relationship = relationship_of(setup, setup.width, columns->outputs);
    count_costs(setup, result);
    return result;
}

CellPlace weight_at_tap(const Setup& setup, CellPlace tap) {
    // A transposed convolution over the stretched input reads its kernel turned.
    const bool turned = setup.turn_kernel != (setup.operation == Operation::transposed);
    if (!turned) {
        return tap;
    }
    return {setup.height.kernel - 1 - tap.row, setup.width.kernel - 1 - tap.column};
}

std::vector<Term> terms_of(const Setup& setup, const Arithmetic& arithmetic, CellPlace output) {
    const WindowAxis& rows = arithmetic.rows;
    const WindowAxis& columns = arithmetic.columns;
    const bool maximum = setup.operation == Operation::max_pool;
    std::vector<Term> terms;
    terms.reserve(at(rows.taps * columns.taps));
    double sum = 0.0;
    for (Index row = 0; row < rows.taps; ++row) {
        for (Index column = 0; column < columns.taps; ++column) {
            Term term{.tap = {row, column},
                      .weight = weight_at_tap(setup, {row, column}),
                      .grid = {rows.place(output.row, row), columns.place(output.column, column)},
                      .pixel = {}};
            const Position& y = rows.positions[at(term.grid.row)];
            const Position& x = columns.positions[at(term.grid.column)];
            term.kind = std::max(y.kind, x.kind, [](PositionKind a, PositionKind b) {
                return rank_of(a) < rank_of(b);
            });
            if (y.source >= 0 && x.source >= 0) {
                term.pixel = CellPlace{y.source, x.source};
                term.value = setup.image.value(y.source, x.source);
            }
            if (setup.operation == Operation::average_pool) {
                term.factor = 1.0 / static_cast<double>(rows.taps * columns.taps);
            } else if (!maximum) {
                term.factor = setup.weights.value(term.weight.row, term.weight.column);
            }
            term.product = term.value * term.factor;
            sum += term.product;
            term.sum_so_far = sum;
            if (maximum) {
                const Index place = output.row * columns.outputs + output.column;
                term.wins = arithmetic.winners[at(place)] == row * columns.taps + column;
            }
            terms.push_back(term);
        }
    }
    return terms;
}

}  // namespace convoscope::models::convolve
