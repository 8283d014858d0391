#pragma once

#include <span>
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

/// A rectangle of numbers, row by row, or several of one size, one after another.
struct NumberGrid {
    Index rows = 0;
    Index columns = 0;
    std::vector<double> values;
    Index planes = 1;

    [[nodiscard]] Index plane_cells() const { return rows * columns; }
    [[nodiscard]] Index place(Index plane, Index row, Index column) const {
        return (plane * rows + row) * columns + column;
    }
    [[nodiscard]] double value(Index plane, Index row, Index column) const {
        return values[at(place(plane, row, column))];
    }
    /// Of the first plane.
    [[nodiscard]] double value(Index row, Index column) const { return value(0, row, column); }
    [[nodiscard]] std::span<const double> plane(Index index) const {
        return std::span(values).subspan(at(index * plane_cells()), at(plane_cells()));
    }
    [[nodiscard]] std::span<double> plane(Index index) {
        return std::span(values).subspan(at(index * plane_cells()), at(plane_cells()));
    }
    bool operator==(const NumberGrid&) const = default;
};

/// Everything that decides the numbers of the room.
struct Setup {
    Operation operation = Operation::convolution;
    AxisSetup height;
    AxisSetup width;
    bool linked = true;  ///< a change goes to both axes
    PaddingMode padding_mode = PaddingMode::zeros;
    bool turn_kernel = false;  ///< the mathematicians' convolution: the kernel turned by 180°
    Index input_channels = 1;
    Index output_channels = 1;  ///< filters; pooling has none, and as many outputs as inputs
    Index groups = 1;
    std::vector<double> bias = {0.0};  ///< one number a filter
    NumberGrid image;                  ///< a plane of height.input × width.input a channel
    /// Planes of height.kernel × width.kernel: filter by filter, and within it one for each channel
    /// that the filter reads, of a transposed convolution too.
    NumberGrid weights;
    std::string picture;      ///< its name in the catalogue; empty: painted
    std::string kernel_name;  ///< likewise

    /// Channels that one filter reads: those of its group. Of pooling 1.
    [[nodiscard]] Index slices() const;
    [[nodiscard]] Index output_planes() const;
    /// The first of the channels from which an output plane is made.
    [[nodiscard]] Index first_channel_of(Index output_plane) const;
    /// Where the weights of a filter for one of its channels stand.
    [[nodiscard]] Index weight_plane(Index filter, Index slice) const {
        return filter * slices() + slice;
    }

    bool operator==(const Setup&) const = default;
};

/// The numbers that a reader turns.
enum class Parameter {
    input,
    kernel,
    stride,
    padding,
    padding_end,
    dilation,
    output_padding,
    input_channels,  ///< from here on without an axis
    output_channels,
    groups
};
[[nodiscard]] constexpr bool has_axis(Parameter parameter) {
    return parameter < Parameter::input_channels;
}
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

/// `padding` is the one at the beginning of the axis; `Axes::both` reads the height.
[[nodiscard]] Index value_of(const Setup& setup, Parameter parameter, Axes axes);

/// Sets one parameter, held within its range. With linked axes, or `Axes::both`, on both axes;
/// `padding` then is the padding at both ends. Picture, kernel and bias are not resized.
void set_parameter(Setup& setup, Parameter parameter, Axes axes, Index value);

/// Height and width alike, and the padding of both ends.
[[nodiscard]] bool is_square(const Setup& setup);
[[nodiscard]] bool has_symmetric_padding(const AxisSetup& axis);

}  // namespace convoscope::models::convolve
