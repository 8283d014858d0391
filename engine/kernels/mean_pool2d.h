#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/shape.h"

namespace convoscope::kernels {

/// What one output position of a mean covers along one axis.
struct MeanSpan {
    Index begin = 0;
    Index end = 0;
    Index divisor = 1;  ///< usually end - begin; more where padding counts too
};

/// Means over rectangles: one span a row of the output and one a column.
struct MeanPool2d {
    Shape input;
    std::vector<MeanSpan> rows;
    std::vector<MeanSpan> columns;

    [[nodiscard]] Shape output() const {
        return {
            .channels = input.channels, .height = std::ssize(rows), .width = std::ssize(columns)};
    }
};

/// output[y][x] = sum of the input over rows[y] × columns[x], divided by both divisors;
/// `torch.nn.functional.avg_pool2d` and `adaptive_avg_pool2d`. Overwrites `output`; no overlap.
void mean_pool2d_forward(const MeanPool2d& pool,
                         std::span<const float> input,
                         std::span<float> output);

/// Spreads each d_output evenly over what it is the mean of. Overwrites `d_input`; no overlap.
void mean_pool2d_backward(const MeanPool2d& pool,
                          std::span<const float> d_output,
                          std::span<float> d_input);

}  // namespace convoscope::kernels
