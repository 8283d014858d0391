#include "engine/kernels/reference/conv2d_reference.h"

#include <algorithm>
#include <cstddef>

namespace convoscope::kernels::reference {
namespace {

std::size_t place(const Shape& shape, Index channel, Index y, Index x) {
    return at((channel * shape.height + y) * shape.width + x);
}

/// Calls visit(output, weight, input): the places of the three factors of every product.
template <class Visit>
void for_each_product(const Conv2dGeometry& g, const Visit& visit) {
    const Index group_in = g.group_in_channels();
    for (Index oc = 0; oc < g.output.channels; ++oc) {
        const Index group = oc / g.group_out_channels();
        for (Index oy = 0; oy < g.output.height; ++oy) {
            for (Index ox = 0; ox < g.output.width; ++ox) {
                for (Index ic = 0; ic < group_in; ++ic) {
                    for (Index ky = 0; ky < g.vertical.size; ++ky) {
                        for (Index kx = 0; kx < g.horizontal.size; ++kx) {
                            const Index y = oy * g.vertical.stride + ky * g.vertical.dilation -
                                            g.vertical.padding_begin;
                            const Index x = ox * g.horizontal.stride + kx * g.horizontal.dilation -
                                            g.horizontal.padding_begin;
                            if (y < 0 || y >= g.input.height || x < 0 || x >= g.input.width) {
                                continue;
                            }
                            const Index weight =
                                ((oc * group_in + ic) * g.vertical.size + ky) * g.horizontal.size +
                                kx;
                            visit(place(g.output, oc, oy, ox),
                                  at(weight),
                                  place(g.input, group * group_in + ic, y, x));
                        }
                    }
                }
            }
        }
    }
}

}  // namespace

void conv2d_forward(const Conv2dGeometry& geometry,
                    std::span<const double> input,
                    std::span<const double> weights,
                    std::span<const double> bias,
                    std::span<double> output) {
    const Index cells = geometry.output.height * geometry.output.width;
    for (Index i = 0; i < geometry.output.element_count(); ++i) {
        output[at(i)] = bias.empty() ? 0.0 : bias[at(i / cells)];
    }
    for_each_product(geometry, [&](std::size_t out, std::size_t weight, std::size_t in) {
        output[out] += weights[weight] * input[in];
    });
}

void conv2d_backward_input(const Conv2dGeometry& geometry,
                           std::span<const double> weights,
                           std::span<const double> d_output,
                           std::span<double> d_input) {
    std::ranges::fill(d_input, 0.0);
    for_each_product(geometry, [&](std::size_t out, std::size_t weight, std::size_t in) {
        d_input[in] += weights[weight] * d_output[out];
    });
}

void conv2d_backward_weights(const Conv2dGeometry& geometry,
                             std::span<const double> input,
                             std::span<const double> d_output,
                             std::span<double> d_weights) {
    std::ranges::fill(d_weights, 0.0);
    for_each_product(geometry, [&](std::size_t out, std::size_t weight, std::size_t in) {
        d_weights[weight] += d_output[out] * input[in];
    });
}

void conv2d_backward_bias(const Conv2dGeometry& geometry,
                          std::span<const double> d_output,
                          std::span<double> d_bias) {
    std::ranges::fill(d_bias, 0.0);
    const Index cells = geometry.output.height * geometry.output.width;
    for (Index i = 0; i < geometry.output.element_count(); ++i) {
        d_bias[at(i / cells)] += d_output[at(i)];
    }
}

}  // namespace convoscope::kernels::reference
