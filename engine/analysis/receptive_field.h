#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// What one output position of a layer sees of the input, along `[height, width]`.
/// Source: Araujo, Norris, Sim, "Computing Receptive Fields of Convolutional Neural Networks",
/// Distill 2019.
struct ReceptiveField {
    std::array<std::int64_t, 2> size = {1, 1};  ///< of the largest one
    /// Input pixels from one output to the next; a fraction after a transposed convolution.
    std::array<double, 2> jump = {1.0, 1.0};
    std::array<double, 2> start = {0.5, 0.5};  ///< centre of the first one; pixel 0's is at 0.5
    bool aligned = true;  ///< false: a join whose inputs differ in jump or centre

    /// Padding of a single window with the same field: the Distill article's P₀.
    [[nodiscard]] double effective_padding(std::size_t axis) const {
        return static_cast<double>(size[axis]) / 2.0 - start[axis];
    }
};

/// One a layer; nothing from the first layer on that sees the whole input (`flatten`, `linear`,
/// `adaptive_avg_pool2d`).
///
///     window     size + (k̂ - 1)·jump    jump·stride    start + ((k̂ - 1)/2 - padding)·jump
///     transposed counted               jump/stride    start + (padding - (k̂ - 1)/2)/stride·jump
///
/// Outputs of a transposed convolution see more or fewer inputs, in turn: its size, and those of
/// the layers after it, are the largest; jump and centres are those of its output's pixels in
/// place, so that a network that goes down and up again meets itself. A join takes, along each
/// axis, the largest field of its inputs.
[[nodiscard]] std::vector<std::optional<ReceptiveField>> receptive_fields(const NetworkSpec& spec);

/// Returns error when: a join's inputs look at different places of the picture; the first such join
/// is named, with two of its inputs.
[[nodiscard]] Status check_alignment(const NetworkSpec& spec);

/// A rectangle of pixels, half-open, that may reach outside the input; of no area for a cell of a
/// transposed convolution that no tap falls on.
struct InputBox {
    std::int64_t top = 0;
    std::int64_t left = 0;
    std::int64_t bottom = 0;
    std::int64_t right = 0;

    bool operator==(const InputBox&) const = default;
};

/// The box that one cell of value `value` (0 the input, i + 1 the output of layer i) sees, padding
/// counted: exact for every cell, along whichever way through the network. (After a transposed
/// convolution that leaves outputs without input, its stride wider than its kernel or dilated, the
/// box may be larger.)
/// Nothing where it sees the whole input. Expects: a value of the specification.
[[nodiscard]] std::optional<InputBox> input_box(const NetworkSpec& spec,
                                                Index value,
                                                Index row,
                                                Index column);

/// The part on the input; of no area when there is none.
[[nodiscard]] InputBox clipped(const InputBox& box, const Shape& input);

}  // namespace convoscope
