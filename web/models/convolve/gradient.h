#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "web/models/convolve/arithmetic.h"
#include "web/models/convolve/trace.h"

namespace convoscope::models::convolve {

/// Which way the numbers go: to the output, or from its error back to input and weights.
enum class Direction { forward, backward };
[[nodiscard]] std::string_view name_of(Direction direction);
bool read_name(std::string_view name, Direction& direction);

/// What stands for dL/dy: 1 everywhere, so that L is the sum of all outputs; 1 at one output; or
/// what the reader paints.
enum class ErrorChoice { ones, one, painted };
[[nodiscard]] std::string_view name_of(ErrorChoice choice);
bool read_name(std::string_view name, ErrorChoice& choice);

/// dL/dx and dL/dw in the shapes of the input and the weights of the setup, dL/db a number a
/// filter; of pooling only dL/dx.
struct Gradients {
    NumberGrid input;
    NumberGrid weights;
    std::vector<double> bias;
};

/// By the engine's reference kernels, with padding of every mode, stretching and turned kernels led
/// back to the pixels and weights they come from. `error` has the output's shape. Expects:
/// possible.
[[nodiscard]] Gradients gradients_of(const Setup& setup,
                                     const Arithmetic& arithmetic,
                                     const NumberGrid& error);

/// Of these only dL/dw and dL/db, which is what learning asks for. Expects: possible, no pooling.
[[nodiscard]] Gradients weight_gradients_of(const Setup& setup,
                                            const Arithmetic& arithmetic,
                                            const NumberGrid& error);

/// The sum that a gradient is, product by product, outputs in reading order: of a place of the
/// padded, stretched input the errors of all outputs that it feeds, each times its weight, filter
/// by filter of those that read `channel`; of a weight the errors of `filter`, each times the value
/// that it met. `Term::value` is the error and `Term::factor` what it is multiplied by. A place of
/// plain padding has terms too, though nobody adds them up. Expects: possible, `target` exists and
/// is a place of the input or a weight.
[[nodiscard]] std::vector<Term> gradient_terms(const Setup& setup,
                                               const Arithmetic& arithmetic,
                                               const NumberGrid& error,
                                               const Target& target,
                                               Index channel,
                                               Index filter);

/// The outputs along one axis that read a place's value, mirrored images of it included.
struct OutputSpan {
    Index first = 0;
    Index last = -1;

    [[nodiscard]] Index count() const { return last - first + 1; }
};
[[nodiscard]] OutputSpan outputs_fed(const WindowAxis& axis, Index place);

/// Where the pixel lies in the padded, stretched input; none: it is cut off from it.
[[nodiscard]] std::optional<CellPlace> place_of_pixel(const Arithmetic& arithmetic,
                                                      CellPlace pixel);

/// The pixel at, or mirrored to, a place of the padded, stretched input; none: a zero.
[[nodiscard]] std::optional<CellPlace> pixel_at(const Arithmetic& arithmetic, CellPlace place);

/// The first filter that reads a channel, and how many do; of pooling the channel itself.
struct FilterSpan {
    Index first = 0;
    Index count = 1;
};
[[nodiscard]] FilterSpan filters_reading(const Setup& setup, Index channel);

}  // namespace convoscope::models::convolve
