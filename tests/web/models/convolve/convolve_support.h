#pragma once

#include <cstddef>

#include "web/models/convolve/convolve_model.h"
#include "web/models/convolve/grid_fitting.h"

namespace convoscope::testing {

/// A square setup with the numbers of its own picture and kernel.
inline models::convolve::Setup square_setup(Index i, Index k, Index s, Index p, Index d = 1) {
    models::convolve::Setup setup;
    setup.height = {
        .input = i, .kernel = k, .stride = s, .padding_begin = p, .padding_end = p, .dilation = d};
    setup.width = setup.height;
    setup.image = {.rows = i, .columns = i, .values = {}};
    for (Index n = 0; n < i * i; ++n) {
        setup.image.values.push_back(static_cast<double>(n * 7 % 11) - 3.0);
    }
    setup.weights = {.rows = k, .columns = k, .values = {}};
    for (Index n = 0; n < k * k; ++n) {
        setup.weights.values.push_back(static_cast<double>(n * 5 % 7) - 2.0);
    }
    setup.bias = {0.5};
    return setup;
}

/// The same window over several channels, every number of which tells its place.
inline models::convolve::Setup with_channels(models::convolve::Setup setup,
                                             Index channels,
                                             Index filters,
                                             Index groups) {
    setup.input_channels = channels;
    setup.output_channels = filters;
    setup.groups = groups;
    models::convolve::fit_grids(setup);
    for (std::size_t i = 0; i < setup.image.values.size(); ++i) {
        setup.image.values[i] = static_cast<double>(i * 13 % 17) * 0.5 - 3.0;
    }
    for (std::size_t i = 0; i < setup.weights.values.size(); ++i) {
        setup.weights.values[i] = static_cast<double>(i * 5 % 7) - 2.0;
    }
    for (std::size_t i = 0; i < setup.bias.size(); ++i) {
        setup.bias[i] = static_cast<double>(i) - 0.5;
    }
    return setup;
}

/// An error that differs from one output to the next.
inline models::convolve::NumberGrid uneven_error(const models::convolve::NumberGrid& output) {
    models::convolve::NumberGrid error = output;
    for (std::size_t i = 0; i < error.values.size(); ++i) {
        error.values[i] = static_cast<double>(i * 3 % 7) - 2.5;
    }
    return error;
}

}  // namespace convoscope::testing
