#pragma once

#include <cstddef>
#include <span>

#include "engine/core/index.h"
#include "engine/core/shape.h"
#include "engine/core/window.h"

namespace convoscope::kernels {

struct Pool2dGeometry {
    Shape input;
    Shape output;
    Window vertical;
    Window horizontal;

    [[nodiscard]] Index cells() const { return vertical.size * horizontal.size; }
    /// What the number of a cell takes: a byte while all fit, else four.
    [[nodiscard]] Index winner_bytes() const { return cells() <= 256 ? 1 : 4; }
};

/// output = max over the window's cells on the input; `torch.nn.functional.max_pool2d`.
/// `winners` `[oh][ow][c][lane]` of `winner_bytes()` each gets the number of the winning cell,
/// row·KW + column: the first of equals; a NaN wins. Overwrites `output` and `winners`.
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
