#include "web/models/convolve/lens.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "web/models/name_table.h"

namespace convoscope::models::convolve {
namespace {

constexpr NameTable<4> kLenses{"window", "matrix", "im2col", "volumes"};

Index place_in(Index columns, CellPlace cell) {
    return cell.row * columns + cell.column;
}

Index taps_of(const Arithmetic& arithmetic) {
    return arithmetic.rows.taps * arithmetic.columns.taps;
}

/// Whether as many outputs, times `planes`, have few enough products.
bool fits(const Arithmetic& arithmetic, Index planes) {
    return arithmetic.output_cells() * taps_of(arithmetic) * planes <= LensMatrix::kMostEntries;
}

/// Pairs of an output and a pixel within its window, along one axis; without `each`, outputs whose
/// window has a pixel at all.
Index meetings_along(const WindowAxis& axis, bool each) {
    Index count = 0;
    for (Index output = 0; output < axis.outputs; ++output) {
        std::set<Index> pixels;
        for (Index tap = 0; tap < axis.taps; ++tap) {
            const Index source = axis.positions[at(axis.place(output, tap))].source;
            if (source >= 0) {
                pixels.insert(source);
            }
        }
        count += each ? std::ssize(pixels) : std::min<Index>(1, std::ssize(pixels));
    }
    return count;
}

/// Entries of one filter and one channel, without writing them.
Index plane_count(const LensView& view) {
    const bool each = view.setup.operation != Operation::max_pool;
    return meetings_along(view.arithmetic.rows, each) *
           meetings_along(view.arithmetic.columns, each);
}

template <class Visit>
void visit_outputs(const Arithmetic& arithmetic, const Visit& visit) {
    for (Index row = 0; row < arithmetic.output.rows; ++row) {
        for (Index column = 0; column < arithmetic.output.columns; ++column) {
            visit(CellPlace{row, column});
        }
    }
}

/// What a term's value is multiplied by on its way to the output: a maximum takes one and leaves
/// the others.
double coefficient_of(const Setup& setup, const Term& term) {
    if (setup.operation == Operation::max_pool) {
        return term.wins ? 1.0 : 0.0;
    }
    return term.factor;
}

/// The entries of the products between one filter and one channel, in the rows of the outputs and
/// the columns of the pixels.
std::vector<MatrixEntry> plane_entries(const LensView& view, Index filter, Index channel) {
    std::vector<MatrixEntry> entries;
    const Index width = view.setup.width.input;
    const Index columns = view.arithmetic.output.columns;
    visit_outputs(view.arithmetic, [&](CellPlace output) {
        const auto begin = std::ssize(entries);
        for (const Term& term : terms_of(view.setup, view.arithmetic, output, filter)) {
            const double value = coefficient_of(view.setup, term);
            const bool chosen = view.setup.operation != Operation::max_pool || term.wins;
            if (term.channel != channel || !term.pixel || !chosen) {
                continue;
            }
            const Index column = place_in(width, *term.pixel);
            const auto same = std::find_if(
                entries.begin() + begin, entries.end(), [column](const MatrixEntry& entry) {
                    return entry.column == column;
                });
            if (same != entries.end()) {
                same->value += value;
            } else {
                entries.push_back({.row = place_in(columns, output),
                                   .column = column,
                                   .value = value,
                                   .output = output,
                                   .weight = term.weight,
                                   .pixel = term.pixel});
            }
        }
    });
    return entries;
}

void append(std::vector<double>& to, std::span<const double> plane) {
    to.insert(to.end(), plane.begin(), plane.end());
}

/// Row by row, and within a row from left to right.
void sort(LensMatrix& matrix) {
    std::ranges::sort(matrix.entries, {}, [](const MatrixEntry& entry) {
        return std::pair(entry.row, entry.column);
    });
}

LensMatrix forward_matrix(const LensView& view) {
    const Index slices = view.setup.slices();
    const Index first = view.setup.first_channel_of(view.filter);
    const Index pixels = view.setup.image.plane_cells();
    LensMatrix matrix{.rows = view.arithmetic.output_cells(),
                      .columns = slices * pixels,
                      .count = slices * plane_count(view),
                      .entries = {},
                      .across = {},
                      .down = {}};
    append(matrix.down, view.arithmetic.output.plane(view.filter));
    for (double& value : matrix.down) {
        value -= is_pooling(view.setup.operation) ? 0.0 : view.setup.bias[at(view.filter)];
    }
    matrix.too_large = !fits(view.arithmetic, slices);
    for (Index channel = first; channel < first + slices; ++channel) {
        append(matrix.across, view.setup.image.plane(channel));
        if (matrix.too_large) {
            continue;
        }
        for (MatrixEntry entry : plane_entries(view, view.filter, channel)) {
            entry.column += (channel - first) * pixels;
            entry.part = channel;
            matrix.entries.push_back(entry);
        }
    }
    sort(matrix);
    return matrix;
}

/// Cᵀ, with the outputs of every filter that reads the channel.
LensMatrix backward_matrix(const LensView& view) {
    const FilterSpan filters = filters_reading(view.setup, view.channel);
    const Index cells = view.arithmetic.output_cells();
    LensMatrix matrix{.rows = view.setup.image.plane_cells(),
                      .columns = filters.count * cells,
                      .count = filters.count * plane_count(view),
                      .entries = {},
                      .across = {},
                      .down = {}};
    append(matrix.down, view.gradients->input.plane(view.channel));
    matrix.too_large = !fits(view.arithmetic, filters.count);
    for (Index filter = filters.first; filter < filters.first + filters.count; ++filter) {
        append(matrix.across, view.error->plane(filter));
        if (matrix.too_large) {
            continue;
        }
        for (MatrixEntry entry : plane_entries(view, filter, view.channel)) {
            const Index output = entry.row;
            entry.row = entry.column;
            entry.column = (filter - filters.first) * cells + output;
            entry.part = filter;
            matrix.entries.push_back(entry);
        }
    }
    sort(matrix);
    return matrix;
}

/// Every window's values, with the place of the weight that each meets as its column.
std::vector<MatrixEntry> written_windows(const LensView& view) {
    std::vector<MatrixEntry> entries;
    const Index taps = taps_of(view.arithmetic);
    const Index first = view.setup.first_channel_of(view.filter);
    visit_outputs(view.arithmetic, [&](CellPlace output) {
        for (const Term& term : terms_of(view.setup, view.arithmetic, output, view.filter)) {
            entries.push_back({.row = place_in(view.arithmetic.output.columns, output),
                               .column = (term.channel - first) * taps +
                                         place_in(view.arithmetic.columns.taps, term.weight),
                               .value = term.value,
                               .output = output,
                               .weight = term.weight,
                               .pixel = term.pixel,
                               .part = term.channel});
        }
    });
    return entries;
}

}  // namespace

std::string_view name_of(Lens lens) {
    return name_in(kLenses, lens);
}
bool read_name(std::string_view name, Lens& lens) {
    return read_name_in(kLenses, name, lens);
}

LensMatrix sparse_matrix(const LensView& view) {
    return view.gradients != nullptr ? backward_matrix(view) : forward_matrix(view);
}

LensMatrix window_matrix(const LensView& view) {
    const Setup& setup = view.setup;
    const bool back = view.gradients != nullptr;
    const bool pooling = is_pooling(setup.operation);
    if (back && pooling) {
        return {};
    }
    const Index slices = setup.slices();
    LensMatrix matrix{.rows = view.arithmetic.output_cells(),
                      .columns = slices * taps_of(view.arithmetic),
                      .count = view.arithmetic.output_cells() * slices * taps_of(view.arithmetic),
                      .entries = {},
                      .across = {},
                      .down = {}};
    matrix.too_large = !fits(view.arithmetic, slices);
    if (!matrix.too_large) {
        matrix.entries = written_windows(view);
    }
    if (setup.operation == Operation::average_pool) {
        matrix.across.assign(at(matrix.columns), 1.0 / static_cast<double>(matrix.columns));
    }
    for (Index slice = 0; slice < slices && !pooling; ++slice) {
        const Index plane = setup.weight_plane(view.filter, slice);
        append(back ? matrix.down : matrix.across,
               back ? view.gradients->weights.plane(plane) : setup.weights.plane(plane));
    }
    if (!back) {
        append(matrix.down, view.arithmetic.output.plane(view.filter));
        for (double& value : matrix.down) {
            value -= pooling ? 0.0 : setup.bias[at(view.filter)];
        }
    } else {
        append(matrix.across, view.error->plane(view.filter));
        std::swap(matrix.rows, matrix.columns);
        for (MatrixEntry& entry : matrix.entries) {
            std::swap(entry.row, entry.column);
        }
    }
    sort(matrix);
    return matrix;
}

}  // namespace convoscope::models::convolve
