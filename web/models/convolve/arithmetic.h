#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/relationship.h"
#include "web/models/convolve/setup.h"
#include "web/models/convolve/window_axis.h"

namespace convoscope::models::convolve {

struct CellPlace {
    Index row = 0;
    Index column = 0;

    bool operator==(const CellPlace&) const = default;
};

/// One product of an output's sum (or one candidate of a maximum).
struct Term {
    CellPlace tap;  ///< in the window
    Index channel = 0;
    CellPlace weight;  ///< in the kernel: the window's place, or its opposite when it is turned
    CellPlace grid;    ///< in the padded, stretched input
    std::optional<CellPlace> pixel;  ///< whose value it is; none: a zero of padding or stretching
    PositionKind kind = PositionKind::pixel;
    double value = 0.0;
    double factor = 1.0;  ///< the weight; 1/n of a mean; 1 of a maximum
    double product = 0.0;
    double sum_so_far = 0.0;  ///< with the bias last: not in here
    bool wins = false;        ///< of a maximum
    CellPlace output = {};    ///< whose sum it is part of, or whose error it carries
    Index filter = 0;         ///< the plane of that output
};

/// What the engine makes of a setup.
struct Arithmetic {
    std::string problem;       ///< a sentence: impossible, and why; then nothing else is filled in
    std::string problem_axis;  ///< "height", "width", or nothing where it is no matter of an axis
    std::optional<Parameter> problem_parameter;  ///< the one to blame, where one is
    WindowAxis rows;
    WindowAxis columns;
    NumberGrid output;           ///< a plane for each filter
    std::vector<Index> winners;  ///< max pooling: the winning tap of each output
    Relationship row_relationship;
    Relationship column_relationship;
    Index parameters = 0;
    Index multiply_accumulates = 0;

    [[nodiscard]] bool possible() const { return problem.empty(); }
    /// Of one plane.
    [[nodiscard]] Index output_cells() const { return output.plane_cells(); }
};

/// Multiply-adds that are computed within a frame; a setup that asks for more is refused.
inline constexpr Index kMostMultiplyAccumulates = 1 << 24;

/// An error's message as a sentence for the reader.
[[nodiscard]] std::string sentence_of(std::string message);

/// The output is computed by the engine's reference kernels.
[[nodiscard]] Arithmetic compute(const Setup& setup);

/// What stands at a place of the padded, stretched input; where row and column differ, padding
/// counts before stretching.
[[nodiscard]] PositionKind kind_at(const Arithmetic& arithmetic, CellPlace place);

/// The place in the kernel of the weight that stands at a place of the window.
[[nodiscard]] CellPlace weight_at_tap(const Setup& setup, CellPlace tap);

/// The products of one output, channel by channel, each in the window's order. Expects: possible,
/// and such an output.
[[nodiscard]] std::vector<Term> terms_of(const Setup& setup,
                                         const Arithmetic& arithmetic,
                                         CellPlace output,
                                         Index plane = 0);

/// The kernel's weights as the engine wants them: turned where the setup says so, and of a
/// transposed convolution by input channel, [ic][oc of the group][kh][kw].
[[nodiscard]] std::vector<double> engine_weights(const Setup& setup);

}  // namespace convoscope::models::convolve
