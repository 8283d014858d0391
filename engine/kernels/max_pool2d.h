#pragma once

#include <cstddef>
#include <span>

#include "engine/core/shape.h"
#include "engine/core/window.h"

namespace convoscope::kernels {

/// Most cells of a pooling window: a cell's number is kept in a byte.
inline constexpr Index kMaxPoolCells = 256;

struct Pool2dGeometry {
    Shape input;
    Shape output;
    Window vertical;
    Window horizontal;
};

/// output = max over the window's cells on the input; `torch.nn.functional.max_pool2d`.
/// `winners` `[oh][ow][c][lane]` gets the number of the winning cell, row·KW + column: the first of
/// equals; a NaN wins. Overwrites `output` and `winners`.
void max_pool2d_forward(const Pool2dGeometry& geometry,
                        std::span<const float> input,
                        std::span<float> output,
                        std::span<std::byte> winners);

/// d_input = sum of d_output over the windows that a cell has won. Overwrites `d_input`.
void max_pool2d_backward(const Pool2dGeometry& geometry,
                         std::span<const std::byte> winners,
                         std::span<const float> d_output,
                         std::span<float> d_input);

}  // namespace convoscope::kernels
