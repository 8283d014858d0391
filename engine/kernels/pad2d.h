#pragma once

#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/shape.h"

namespace convoscope::kernels {

/// A padded image whose pixels are all copies of the input's.
struct Pad2d {
    Shape input;
    std::vector<Index> rows;     ///< padded row y shows input row rows[y]
    std::vector<Index> columns;  ///< padded column x shows input column columns[x]

    [[nodiscard]] Shape output() const {
        return {
            .channels = input.channels, .height = std::ssize(rows), .width = std::ssize(columns)};
    }
};

/// output[y][x] = input[rows[y]][columns[x]]; `torch.nn.functional.pad` with mode "reflect",
/// "replicate" or "circular". Overwrites `output`; no overlap.
void pad2d_forward(const Pad2d& pad, std::span<const float> input, std::span<float> output);

/// d_input = sum of d_output over the copies of each pixel. Overwrites `d_input`; no overlap.
void pad2d_backward(const Pad2d& pad, std::span<const float> d_output, std::span<float> d_input);

}  // namespace convoscope::kernels
