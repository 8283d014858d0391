#include "engine/analysis/convolution_matrix.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "engine/analysis/tap_usage.h"
#include "engine/core/check.h"

namespace convoscope {
namespace {

using kernels::Conv2dGeometry;

Status check_entries(const Conv2dGeometry& geometry, double rows) {
    const double entries = rows * static_cast<double>(geometry.output.height) *
                           static_cast<double>(geometry.output.width) *
                           static_cast<double>(geometry.weights_per_output());
    if (entries <= kMostMatrixEntries) {
        return success();
    }
    return Error{"the matrix has " + std::to_string(static_cast<long long>(entries)) +
                 " entries; expected at most " +
                 std::to_string(static_cast<long long>(kMostMatrixEntries))};
}

/// The product of the two axes' readings that fall on the input, for one pair of channels.
template <class Visit>
void for_each_reading(const Conv2dGeometry& geometry, const Visit& visit) {
    const std::vector<TapReading> columns =
        tap_readings(geometry.horizontal, geometry.output.width);
    for (const TapReading& row : tap_readings(geometry.vertical, geometry.output.height)) {
        for (const TapReading& column : columns) {
            visit(row, column);
        }
    }
}

bool is_inside(const Conv2dGeometry& geometry, const TapReading& row, const TapReading& column) {
    return row.input >= 0 && row.input < geometry.input.height && column.input >= 0 &&
           column.input < geometry.input.width;
}

Index pixel(const Shape& shape, Index channel, Index row, Index column) {
    return (channel * shape.height + row) * shape.width + column;
}

}  // namespace

std::vector<double> SharedWeightMatrix::multiply(std::span<const double> weights,
                                                 std::span<const double> vector) const {
    CONVOSCOPE_CHECK(static_cast<Index>(vector.size()) == columns);
    std::vector<double> product(at(rows), 0.0);
    for (const Entry& entry : entries) {
        product[at(entry.row)] += weights[at(entry.weight)] * vector[at(entry.column)];
    }
    return product;
}

Result<SharedWeightMatrix> convolution_matrix(const Conv2dGeometry& geometry) {
    if (const Status checked =
            check_entries(geometry, static_cast<double>(geometry.output.channels));
        !checked) {
        return checked.error();
    }
    SharedWeightMatrix matrix{.rows = geometry.output.element_count(),
                              .columns = geometry.input.element_count(),
                              .entries = {}};
    const Index in_channels = geometry.group_in_channels();
    for (Index out = 0; out < geometry.output.channels; ++out) {
        const Index first_in = out / geometry.group_out_channels() * in_channels;
        for (Index in = 0; in < in_channels; ++in) {
            for_each_reading(geometry, [&](const TapReading& row, const TapReading& column) {
                if (is_inside(geometry, row, column)) {
                    const Index kernel = (out * in_channels + in) * geometry.vertical.size;
                    matrix.entries.push_back(
                        {.row = pixel(geometry.output, out, row.output, column.output),
                         .column = pixel(geometry.input, first_in + in, row.input, column.input),
                         .weight = (kernel + row.tap) * geometry.horizontal.size + column.tap});
                }
            });
        }
    }
    std::ranges::sort(matrix.entries, {}, [](const SharedWeightMatrix::Entry& entry) {
        return std::tuple(entry.row, entry.column);
    });
    return matrix;
}

SharedWeightMatrix transposed(const SharedWeightMatrix& matrix) {
    SharedWeightMatrix result{
        .rows = matrix.columns, .columns = matrix.rows, .entries = matrix.entries};
    for (SharedWeightMatrix::Entry& entry : result.entries) {
        std::swap(entry.row, entry.column);
    }
    std::ranges::sort(result.entries, {}, [](const SharedWeightMatrix::Entry& entry) {
        return std::tuple(entry.row, entry.column);
    });
    return result;
}

std::vector<double> ColumnMatrix::gather(std::span<const double> image) const {
    std::vector<double> numbers;
    numbers.reserve(sources.size());
    for (const Index source : sources) {
        numbers.push_back(source == kPadding ? 0.0 : image[at(source)]);
    }
    return numbers;
}

Result<ColumnMatrix> im2col(const Conv2dGeometry& geometry, Index group) {
    CONVOSCOPE_CHECK(group >= 0 && group < geometry.groups);
    if (const Status checked = check_entries(geometry, 1.0); !checked) {
        return checked.error();
    }
    ColumnMatrix matrix{.rows = geometry.weights_per_output(),
                        .columns = geometry.output.height * geometry.output.width,
                        .sources = {}};
    matrix.sources.resize(at(matrix.rows * matrix.columns), ColumnMatrix::kPadding);
    for (Index in = 0; in < geometry.group_in_channels(); ++in) {
        const Index channel = group * geometry.group_in_channels() + in;
        for_each_reading(geometry, [&](const TapReading& row, const TapReading& column) {
            if (is_inside(geometry, row, column)) {
                const Index tap =
                    (in * geometry.vertical.size + row.tap) * geometry.horizontal.size + column.tap;
                const Index position = row.output * geometry.output.width + column.output;
                matrix.sources[at(tap * matrix.columns + position)] =
                    pixel(geometry.input, channel, row.input, column.input);
            }
        });
    }
    return matrix;
}

}  // namespace convoscope
