#include "web/models/convolve/arithmetic.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "engine/analysis/transposed_convolution.h"
#include "engine/kernels/reference/conv2d_reference.h"
#include "engine/kernels/reference/max_pool2d_reference.h"
#include "engine/kernels/reference/mean_pool2d_reference.h"
#include "web/models/convolve/operation_geometry.h"
#include "web/models/convolve/problem.h"

namespace convoscope::models::convolve {
namespace {

namespace reference = kernels::reference;

void convolve_direct(const Setup& setup, Arithmetic& result) {
    const NumberGrid grid = written_out(setup.image, result.rows, result.columns);
    reference::conv2d_forward(geometry_over(grid, setup, result),
                              grid.values,
                              engine_weights(setup),
                              setup.bias,
                              result.output.values);
}

/// The input's gradient of the direct convolution, which a transposed convolution is.
void convolve_transposed(const Setup& setup, Arithmetic& result) {
    reference::conv2d_backward_input(direct_geometry(setup, result),
                                     engine_weights(setup),
                                     setup.image.values,
                                     result.output.values);
    for (Index filter = 0; filter < setup.output_channels; ++filter) {
        for (double& value : result.output.plane(filter)) {
            value += setup.bias[at(filter)];
        }
    }
}

void pool_max(const Setup& setup, Arithmetic& result) {
    result.winners.resize(result.output.values.size());
    reference::max_pool2d_forward(
        pool_geometry(setup, result), setup.image.values, result.output.values, result.winners);
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
    const kernels::MeanPool2d pool{.input = {.channels = setup.image.planes,
                                             .height = setup.image.rows,
                                             .width = setup.image.columns},
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
    if (is_pooling(setup.operation)) {
        return;
    }
    const Index weights =
        setup.output_channels * setup.slices() * setup.height.kernel * setup.width.kernel;
    const Index cells = setup.operation == Operation::transposed
                            ? setup.height.input * setup.width.input
                            : result.output_cells();
    result.parameters = weights + setup.output_channels;
    result.multiply_accumulates = weights * cells;
}

}  // namespace

std::string sentence_of(std::string message) {
    message.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(message.front())));
    return message + ".";
}

Arithmetic compute(const Setup& setup) {
    Arithmetic result;
    const Result<WindowAxis> rows = window_axis(setup, setup.height, "height");
    const Result<WindowAxis> columns = window_axis(setup, setup.width, "width");
    if (!rows || !columns) {
        const AxisSetup& axis = rows ? setup.width : setup.height;
        result.problem_axis = rows ? "width" : "height";
        result.problem_parameter = culprit_on(setup, axis);
        result.problem = sentence_on(setup, axis, result.problem_axis);
        if (result.problem.empty()) {
            result.problem = sentence_of(rows ? columns.error().message : rows.error().message);
        }
        return result;
    }
    result.problem = problem_of_groups(setup);
    if (!result.possible()) {
        result.problem_parameter = Parameter::groups;
        return result;
    }
    result.rows = *rows;
    result.columns = *columns;
    result.output = {.rows = rows->outputs,
                     .columns = columns->outputs,
                     .values = {},
                     .planes = setup.output_planes()};
    count_costs(setup, result);
    if (result.multiply_accumulates > kMostMultiplyAccumulates) {
        result.problem = std::to_string(result.multiply_accumulates >> 20) +
                         " million multiply-adds are more than this page does in a frame, " +
                         std::to_string(kMostMultiplyAccumulates >> 20) + " million.";
        return result;
    }
    result.output.values.resize(at(result.output_cells() * result.output.planes));
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
    return result;
}

PositionKind kind_at(const Arithmetic& arithmetic, CellPlace place) {
    const auto rank = [](PositionKind kind) {
        switch (kind) {
            case PositionKind::padding:
                return 2;
            case PositionKind::stretched:
                return 1;
            case PositionKind::pixel:
                break;
        }
        return 0;
    };
    return std::max(arithmetic.rows.positions[at(place.row)].kind,
                    arithmetic.columns.positions[at(place.column)].kind,
                    [rank](PositionKind a, PositionKind b) { return rank(a) < rank(b); });
}

CellPlace weight_at_tap(const Setup& setup, CellPlace tap) {
    // A transposed convolution over the stretched input reads its kernel turned.
    const bool turned = setup.turn_kernel != (setup.operation == Operation::transposed);
    if (!turned) {
        return tap;
    }
    return {setup.height.kernel - 1 - tap.row, setup.width.kernel - 1 - tap.column};
}

std::vector<Term> terms_of(const Setup& setup,
                           const Arithmetic& arithmetic,
                           CellPlace output,
                           Index plane) {
    const WindowAxis& rows = arithmetic.rows;
    const WindowAxis& columns = arithmetic.columns;
    const Index taps = rows.taps * columns.taps;
    std::vector<Term> terms;
    terms.reserve(at(taps * setup.slices()));
    double sum = 0.0;
    for (Index i = 0; i < taps * setup.slices(); ++i) {
        const CellPlace tap{i % taps / columns.taps, i % columns.taps};
        Term term{
            .tap = tap,
            .channel = setup.first_channel_of(plane) + i / taps,
            .weight = weight_at_tap(setup, tap),
            .grid = {rows.place(output.row, tap.row), columns.place(output.column, tap.column)},
            .pixel = {},
            .output = output,
            .filter = plane};
        const Position& y = rows.positions[at(term.grid.row)];
        const Position& x = columns.positions[at(term.grid.column)];
        term.kind = kind_at(arithmetic, term.grid);
        if (y.source >= 0 && x.source >= 0) {
            term.pixel = CellPlace{y.source, x.source};
            term.value = setup.image.value(term.channel, y.source, x.source);
        }
        if (setup.operation == Operation::average_pool) {
            term.factor = 1.0 / static_cast<double>(taps);
        } else if (setup.operation == Operation::max_pool) {
            const Index place = arithmetic.output.place(plane, output.row, output.column);
            term.wins = arithmetic.winners[at(place)] == i;
        } else {
            term.factor = setup.weights.value(
                setup.weight_plane(plane, i / taps), term.weight.row, term.weight.column);
        }
        term.product = term.value * term.factor;
        sum += term.product;
        term.sum_so_far = sum;
        terms.push_back(term);
    }
    return terms;
}

}  // namespace convoscope::models::convolve
