#pragma once

#include "web/models/convolve/arithmetic.h"
#include "web/models/convolve/sentence.h"
#include "web/models/convolve/trace.h"

namespace convoscope::models::convolve {

/// One sentence about the thing that is pointed at, with its counts. Empty for no target.
/// `plane` is the output plane of which it is told. Expects: possible, and a target that exists.
[[nodiscard]] Sentence explain(const Setup& setup,
                               const Arithmetic& arithmetic,
                               const Target& target,
                               Index plane = 0);

/// What the window's last step leaves over along an axis: "6 / 2 = 3 leaves no remainder, so …".
[[nodiscard]] Sentence explain_remainder(const Setup& setup,
                                         const AxisSetup& axis,
                                         const WindowAxis& windows);

/// How many rows and columns no window reads: "every pixel is read" or "1 padded row and column
/// never read". `reads_all` tells which of the two.
struct Coverage {
    std::string text;
    bool reads_all = true;
};
[[nodiscard]] Coverage coverage_of(const Arithmetic& arithmetic);

}  // namespace convoscope::models::convolve
