#include "engine/kernels/reference/max_pool2d_reference.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace convoscope::kernels::reference {
namespace {

Index input_place(const Pool2dGeometry& g, Index output_place, Index cell) {
    const Index x = output_place % g.output.width * g.horizontal.stride +
                    cell % g.horizontal.size * g.horizontal.dilation - g.horizontal.padding_begin;
    const Index y = output_place / g.output.width % g.output.height * g.vertical.stride +
                    cell / g.horizontal.size * g.vertical.dilation - g.vertical.padding_begin;
    const Index channel = output_place / (g.output.width * g.output.height);
    if (y < 0 || y >= g.input.height || x < 0 || x >= g.input.width) {
        return -1;
    }
    return (channel * g.input.height + y) * g.input.width + x;
}

}  // namespace

void max_pool2d_forward(const Pool2dGeometry& geometry,
                        std::span<const double> input,
                        std::span<double> output,
                        std::span<Index> winners) {
    for (Index i = 0; i < geometry.output.element_count(); ++i) {
        double best = -std::numeric_limits<double>::infinity();
        Index winner = -1;
        for (Index cell = 0; cell < geometry.vertical.size * geometry.horizontal.size; ++cell) {
            const Index source = input_place(geometry, i, cell);
            if (source < 0) {
                continue;
            }
            const double value = input[at(source)];
            if (winner < 0 || value > best || std::isnan(value)) {
                best = value;
                winner = cell;
            }
        }
        output[at(i)] = best;
        winners[at(i)] = std::max<Index>(winner, 0);
    }
}

void max_pool2d_backward(const Pool2dGeometry& geometry,
                         std::span<const Index> winners,
                         std::span<const double> d_output,
                         std::span<double> d_input) {
    std::ranges::fill(d_input, 0.0);
    for (Index i = 0; i < geometry.output.element_count(); ++i) {
        const Index source = input_place(geometry, i, winners[at(i)]);
        if (source >= 0) {
            d_input[at(source)] += d_output[at(i)];
        }
    }
}

}  // namespace convoscope::kernels::reference
