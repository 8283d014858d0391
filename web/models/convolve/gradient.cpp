#include "web/models/convolve/gradient.h"

#include <algorithm>

#include "engine/kernels/reference/conv2d_reference.h"
#include "engine/kernels/reference/max_pool2d_reference.h"
#include "web/models/convolve/operation_geometry.h"
#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

namespace reference = kernels::reference;
using kernels::Conv2dGeometry;

constexpr NameTable<2> kDirections{"forward", "backward"};
constexpr NameTable<3> kChoices{"ones", "one", "painted"};

NumberGrid zeros_like(const NumberGrid& grid) {
    NumberGrid zeros = grid;
    std::ranges::fill(zeros.values, 0.0);
    return zeros;
}

/// What has come to the places of the padded input goes to the pixels whose values they show.
NumberGrid gathered(const Setup& setup, const Arithmetic& arithmetic, const NumberGrid& d_grid) {
    NumberGrid d_input = zeros_like(setup.image);
    for (Index channel = 0; channel < d_grid.planes; ++channel) {
        for (Index row = 0; row < d_grid.rows; ++row) {
            for (Index column = 0; column < d_grid.columns; ++column) {
                if (const auto pixel = pixel_at(arithmetic, {row, column})) {
                    d_input.values[at(d_input.place(channel, pixel->row, pixel->column))] +=
                        d_grid.value(channel, row, column);
                }
            }
        }
    }
    return d_input;
}

void add_bias(const NumberGrid& error, const Conv2dGeometry& geometry, Gradients& result) {
    result.bias.resize(at(error.planes));
    reference::conv2d_backward_bias(geometry, error.values, result.bias);
}

/// Adds dL/dw: of a direct convolution over `input`, whose outputs have the error `output`.
void add_weights(const Setup& setup,
                 const Conv2dGeometry& geometry,
                 const NumberGrid& input,
                 const NumberGrid& output,
                 Gradients& result) {
    std::vector<double> d_weights(setup.weights.values.size());
    reference::conv2d_backward_weights(geometry, input.values, output.values, d_weights);
    result.weights = weights_from_engine(setup, d_weights);
}

Gradients of_convolution(const Setup& setup,
                         const Arithmetic& arithmetic,
                         const NumberGrid& error) {
    Gradients result = weight_gradients_of(setup, arithmetic, error);
    NumberGrid d_grid = zeros_like(written_out(setup.image, arithmetic.rows, arithmetic.columns));
    const Conv2dGeometry geometry = geometry_over(d_grid, setup, arithmetic);
    reference::conv2d_backward_input(geometry, engine_weights(setup), error.values, d_grid.values);
    result.input = gathered(setup, arithmetic, d_grid);
    return result;
}

/// The direct convolution over the error: what goes back over a way back goes forth.
Gradients of_transposed(const Setup& setup, const Arithmetic& arithmetic, const NumberGrid& error) {
    Gradients result = weight_gradients_of(setup, arithmetic, error);
    result.input = zeros_like(setup.image);
    reference::conv2d_forward(direct_geometry(setup, arithmetic),
                              error.values,
                              engine_weights(setup),
                              {},
                              result.input.values);
    return result;
}

Gradients of_max_pool(const Setup& setup, const Arithmetic& arithmetic, const NumberGrid& error) {
    Gradients result{.input = zeros_like(setup.image), .weights = {}, .bias = {}};
    reference::max_pool2d_backward(
        pool_geometry(setup, arithmetic), arithmetic.winners, error.values, result.input.values);
    return result;
}

/// A mean is a convolution of each channel by itself, whose weights are all 1/n.
Gradients of_mean_pool(const Setup& setup, const Arithmetic& arithmetic, const NumberGrid& error) {
    NumberGrid grid = written_out(setup.image, arithmetic.rows, arithmetic.columns);
    Conv2dGeometry geometry = geometry_over(grid, setup, arithmetic);
    geometry.groups = setup.input_channels;
    const Index taps = arithmetic.rows.taps * arithmetic.columns.taps;
    const std::vector<double> means(at(taps * setup.input_channels),
                                    1.0 / static_cast<double>(taps));
    reference::conv2d_backward_input(geometry, means, error.values, grid.values);
    return {.input = gathered(setup, arithmetic, grid), .weights = {}, .bias = {}};
}

/// What an output's error is multiplied by on its way to the place that it has read.
double factor_of(
    const Setup& setup, const Arithmetic& arithmetic, const Use& use, Index filter, Index channel) {
    const Index columns = arithmetic.columns.taps;
    if (setup.operation == Operation::average_pool) {
        return 1.0 / static_cast<double>(arithmetic.rows.taps * columns);
    }
    if (setup.operation == Operation::max_pool) {
        const CellPlace tap = weight_at_tap(setup, use.weight);  // turning twice is not turning
        const Index place = arithmetic.output.place(filter, use.output.row, use.output.column);
        return arithmetic.winners[at(place)] == tap.row * columns + tap.column ? 1.0 : 0.0;
    }
    const Index plane = setup.weight_plane(filter, channel - setup.first_channel_of(filter));
    return setup.weights.value(plane, use.weight.row, use.weight.column);
}

}  // namespace

std::string_view name_of(Direction direction) {
    return name_in(kDirections, direction);
}
bool read_name(std::string_view name, Direction& direction) {
    return read_name_in(kDirections, name, direction);
}

std::string_view name_of(ErrorChoice choice) {
    return name_in(kChoices, choice);
}
bool read_name(std::string_view name, ErrorChoice& choice) {
    return read_name_in(kChoices, name, choice);
}

OutputSpan outputs_fed(const WindowAxis& axis, Index place) {
    const Index source = axis.positions[at(place)].source;
    OutputSpan span{.first = axis.outputs, .last = -1};
    for (Index output = 0; output < axis.outputs; ++output) {
        for (Index tap = 0; tap < axis.taps; ++tap) {
            const Index read = axis.place(output, tap);
            const bool same = source >= 0 && axis.positions[at(read)].source == source;
            if (read == place || same) {
                span.first = std::min(span.first, output);
                span.last = output;
            }
        }
    }
    return span.last < 0 ? OutputSpan{} : span;
}

std::optional<CellPlace> place_of_pixel(const Arithmetic& arithmetic, CellPlace pixel) {
    const CellPlace place{arithmetic.rows.place_of_pixel(pixel.row),
                          arithmetic.columns.place_of_pixel(pixel.column)};
    const bool there =
        place.row < arithmetic.rows.count() && place.column < arithmetic.columns.count();
    return there ? std::optional(place) : std::nullopt;
}

std::optional<CellPlace> pixel_at(const Arithmetic& arithmetic, CellPlace place) {
    const Index row = arithmetic.rows.positions[at(place.row)].source;
    const Index column = arithmetic.columns.positions[at(place.column)].source;
    return row >= 0 && column >= 0 ? std::optional(CellPlace{row, column}) : std::nullopt;
}

FilterSpan filters_reading(const Setup& setup, Index channel) {
    if (is_pooling(setup.operation)) {
        return {.first = channel, .count = 1};
    }
    const Index count = setup.output_channels / setup.groups;
    return {.first = channel / setup.slices() * count, .count = count};
}

Gradients weight_gradients_of(const Setup& setup,
                              const Arithmetic& arithmetic,
                              const NumberGrid& error) {
    Gradients result;
    if (setup.operation == Operation::transposed) {
        add_weights(setup, direct_geometry(setup, arithmetic), error, setup.image, result);
        add_bias(error, geometry_over(setup.image, setup, arithmetic), result);
        return result;
    }
    const NumberGrid grid = written_out(setup.image, arithmetic.rows, arithmetic.columns);
    const Conv2dGeometry geometry = geometry_over(grid, setup, arithmetic);
    add_weights(setup, geometry, grid, error, result);
    add_bias(error, geometry, result);
    return result;
}

Gradients gradients_of(const Setup& setup, const Arithmetic& arithmetic, const NumberGrid& error) {
    switch (setup.operation) {
        case Operation::convolution:
            return of_convolution(setup, arithmetic, error);
        case Operation::transposed:
            return of_transposed(setup, arithmetic, error);
        case Operation::max_pool:
            return of_max_pool(setup, arithmetic, error);
        case Operation::average_pool:
            return of_mean_pool(setup, arithmetic, error);
    }
    return {};
}

std::vector<Term> gradient_terms(const Setup& setup,
                                 const Arithmetic& arithmetic,
                                 const NumberGrid& error,
                                 const Target& target,
                                 Index channel,
                                 Index filter) {
    const bool weight = target.kind == Target::Kind::weight;
    const Trace trace = trace_of(setup, arithmetic, target);
    const FilterSpan filters =
        weight ? FilterSpan{.first = filter} : filters_reading(setup, channel);
    std::vector<Term> terms;
    terms.reserve(at(trace.count() * filters.count));
    double sum = 0.0;
    for (Index plane = filters.first; plane < filters.first + filters.count; ++plane) {
        for (const Use& use : trace.uses) {
            const auto pixel = pixel_at(arithmetic, use.grid);
            const double met = pixel ? setup.image.value(channel, pixel->row, pixel->column) : 0.0;
            Term term{.tap = weight_at_tap(setup, use.weight),
                      .channel = channel,
                      .weight = use.weight,
                      .grid = use.grid,
                      .pixel = pixel,
                      .kind = kind_at(arithmetic, use.grid),
                      .value = error.value(plane, use.output.row, use.output.column),
                      .factor = weight ? met : factor_of(setup, arithmetic, use, plane, channel),
                      .output = use.output,
                      .filter = plane};
            term.product = term.value * term.factor;
            sum += term.product;
            term.sum_so_far = sum;
            terms.push_back(term);
        }
    }
    return terms;
}

}  // namespace convoscope::models::convolve
