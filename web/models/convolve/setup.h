#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/padding_mode.h"
#include "engine/core/window.h"

namespace convoscope::models::convolve {

/// What slides over the picture.
enum class Operation { convolution, transposed, max_pool, average_pool };

[[nodiscard]] std::string_view name_of(Operation operation);
bool read_name(std::string_view name, Operation& operation);
[[nodiscard]] std::string_view name_of(PaddingMode mode);
bool read_name(std::string_view name, PaddingMode& mode);
[[nodiscard]] constexpr bool is_pooling(Operation operation) {
    return operation == Operation::max_pool || operation == Operation::average_pool;
}

/// One axis, in PyTorch's arguments. Of a transposed convolution `input` is its own input and the
/// padding at both ends is `padding_begin`.
struct AxisSetup {
    Index input = 7;
    Index kernel = 3;
    Index stride = 1;
    Index padding_begin = 0;
    Index padding_end = 0;
    Index dilation = 1;
    Index output_padding = 0;  ///< transposed convolution only

    [[nodiscard]] Window window() const {
        return {.size = kernel,
                .stride = stride,
                .padding_begin = padding_begin,
                .padding_end = padding_end,
                .dilation = dilation};
    }
    bool operator==(const AxisSetup&) const = default;
};

/// A rectangle of numbers, row by row.
struct NumberGrid {
    Index rows = 0;
    Index columns = 0;
    std::vector<double> values;

    [[nodiscard]] double value(Index row, Index column) const {
        return values[at(row * columns + column)];
    }
    bool operator==(const NumberGrid&) const = default;
};

/// Everything that decides the numbers of the room: one channel, one filter.
struct Setup {
    Operation operation = Operation::convolution;
    AxisSetup height;
    AxisSetup width;
    bool linked = true;  ///< a change goes to both axes
    PaddingMode padding_mode = PaddingMode::zeros;
    bool turn_kernel = false;  ///< the mathematicians' convolution: the kernel turned by 180°
    double bias = 0.0;
    NumberGrid image;         ///< height.input × width.input
    NumberGrid weights;       ///< height.kernel × width.kernel
    std::string picture;      ///< its name in the catalogue; empty: painted
    std::string kernel_name;  ///< likewise

    bool operator==(const Setup&) const = default;
};

/// The numbers that a reader turns.
enum class Parameter { input, kernel, stride, padding, padding_end, dilation, output_padding };
enum class Axes { both, height, width };

[[nodiscard]] std::string_view name_of(Parameter parameter);
bool read_name(std::string_view name, Parameter& parameter);
[[nodiscard]] std::string_view name_of(Axes axes);
bool read_name(std::string_view name, Axes& axes);

/// The values that a parameter may have at all, possible together or not.
struct ParameterRange {
    Index least;
    Index most;
    Index usual_most;  ///< where its slider ends
};
[[nodiscard]] ParameterRange range_of(Parameter parameter);

/// `padding` is the one at the beginning of the axis.
[[nodiscard]] Index value_of(const AxisSetup& axis, Parameter parameter);

/// Sets one parameter, held within its range. With linked axes, or `Axes::both`, on both axes;
/// `padding` then is the padding at both ends. Picture and kernel are not resized.
void set_parameter(Setup& setup, Parameter parameter, Axes axes, Index value);

/// Height and width alike, and the padding of both ends.
[[nodiscard]] bool is_square(const Setup& setup);
[[nodiscard]] bool has_symmetric_padding(const AxisSetup& axis);

}  // namespace convoscope::models::convolve
