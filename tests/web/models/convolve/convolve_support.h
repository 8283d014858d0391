#pragma once

#include <vector>

#include "web/models/convolve/convolve_model.h"

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

}  // namespace convoscope::testing
