#include "engine/network/size_limits.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

namespace convoscope {
namespace {

struct Size {
    double outputs = 0.0;
    double padded_input = 0.0;  ///< where a padded copy is made
    double parameters = 0.0;
    double multiplications = 0.0;
};

/// Positions of a window along one axis; at least 1, as a window that does not fit is another's
/// error.
double positions(Index input, Index padding, Index kernel, Index dilation, Index stride) {
    const double room = static_cast<double>(input) + static_cast<double>(padding) -
                        static_cast<double>(kernel - 1) * static_cast<double>(dilation) - 1.0;
    return std::max(1.0, std::ceil(room / static_cast<double>(stride)) + 1.0);
}

/// Outputs of a transposed convolution along one axis; at least 1.
double transposed_positions(
    Index input, Index kernel, Index dilation, Index stride, Index difference) {
    const double reach = static_cast<double>(kernel - 1) * static_cast<double>(dilation);
    const double last = static_cast<double>(input - 1) * static_cast<double>(stride);
    return std::max(1.0, last + reach + 1.0 + static_cast<double>(difference));
}

struct Measure {
    std::span<const Shape> inputs;
    const Shape& input = inputs.front();

    Size operator()(const Conv2dSpec& s) const {
        const double rows = positions(input.height,
                                      s.padding_top + s.padding_bottom,
                                      s.kernel_height,
                                      s.dilation_height,
                                      s.stride_height);
        const double columns = positions(input.width,
                                         s.padding_left + s.padding_right,
                                         s.kernel_width,
                                         s.dilation_width,
                                         s.stride_width);
        const auto channels = static_cast<double>(s.out_channels);
        const double taps = static_cast<double>(s.kernel_height) *
                            static_cast<double>(s.kernel_width) *
                            static_cast<double>(input.channels) / static_cast<double>(s.groups);
        return {.outputs = channels * rows * columns,
                .padded_input = padded_input(s),
                .parameters = channels * (taps + 1.0),
                .multiplications = channels * rows * columns * taps};
    }
    Size operator()(const ConvTranspose2dSpec& s) const {
        const double rows = transposed_positions(input.height,
                                                 s.kernel_height,
                                                 s.dilation_height,
                                                 s.stride_height,
                                                 s.output_padding_height - 2 * s.padding_height);
        const double columns = transposed_positions(input.width,
                                                    s.kernel_width,
                                                    s.dilation_width,
                                                    s.stride_width,
                                                    s.output_padding_width - 2 * s.padding_width);
        const auto channels = static_cast<double>(s.out_channels);
        const double taps = static_cast<double>(s.kernel_height) *
                            static_cast<double>(s.kernel_width) * channels /
                            static_cast<double>(s.groups);
        return {.outputs = channels * rows * columns,
                .parameters = static_cast<double>(input.channels) * taps + channels,
                .multiplications = static_cast<double>(input.element_count()) * taps};
    }
    Size operator()(const MaxPool2dSpec& s) const {
        const double rows = positions(input.height,
                                      2 * s.padding_height,
                                      s.kernel_height,
                                      s.dilation_height,
                                      s.stride_height);
        const double columns = positions(
            input.width, 2 * s.padding_width, s.kernel_width, s.dilation_width, s.stride_width);
        return {.outputs = static_cast<double>(input.channels) * rows * columns};
    }
    Size operator()(const AvgPool2dSpec& s) const {
        const double rows =
            positions(input.height, 2 * s.padding_height, s.kernel_height, 1, s.stride_height);
        const double columns =
            positions(input.width, 2 * s.padding_width, s.kernel_width, 1, s.stride_width);
        return {.outputs = static_cast<double>(input.channels) * rows * columns};
    }
    Size operator()(const AdaptiveAvgPool2dSpec& s) const {
        const Index rows = s.output_height == 0 ? input.height : s.output_height;
        const Index columns = s.output_width == 0 ? input.width : s.output_width;
        return {.outputs = static_cast<double>(input.channels) * static_cast<double>(rows) *
                           static_cast<double>(columns)};
    }
    Size operator()(const LinearSpec& s) const {
        const auto outputs = static_cast<double>(s.out_features);
        const double weights = outputs * static_cast<double>(input.element_count());
        return {.outputs = outputs, .parameters = weights + outputs, .multiplications = weights};
    }
    Size operator()(const FlattenSpec&) const { return same(); }
    Size operator()(const AddSpec&) const { return same(); }
    Size operator()(const ConcatSpec&) const {
        double outputs = 0.0;
        for (const Shape& part : inputs) {
            outputs += static_cast<double>(part.element_count());
        }
        return {.outputs = outputs};
    }
    template <PositionwiseSpec Spec>
    Size operator()(const Spec&) const {
        return same();
    }

    [[nodiscard]] double padded_input(const Conv2dSpec& s) const {
        if (s.padding_mode == PaddingMode::zeros) {
            return 0.0;
        }
        return static_cast<double>(input.channels) *
               static_cast<double>(input.height + s.padding_top + s.padding_bottom) *
               static_cast<double>(input.width + s.padding_left + s.padding_right);
    }
    [[nodiscard]] Size same() const {
        return {.outputs = static_cast<double>(input.element_count())};
    }
};

Status check(const char* what, double number, double most) {
    if (number <= most) {
        return success();
    }
    return Error{std::string(what) + " come to " + std::to_string(static_cast<long long>(number)) +
                 "; expected at most " + std::to_string(static_cast<long long>(most))};
}

}  // namespace

Status check_input_size(const Shape& input) {
    const double pixels = static_cast<double>(input.channels) * static_cast<double>(input.height) *
                          static_cast<double>(input.width);
    return check("the numbers of one image", pixels, kMostActivations);
}

Status check_size(const LayerAttributes& attributes,
                  std::span<const Shape> inputs,
                  const SizeLimits& limits) {
    const Size size = std::visit(Measure{inputs}, attributes);
    if (const Status outputs = check("the outputs of one image", size.outputs, limits.activations);
        !outputs) {
        return outputs;
    }
    if (const Status padded =
            check("the numbers of one padded image", size.padded_input, limits.activations);
        !padded) {
        return padded;
    }
    if (const Status parameters = check("the parameters", size.parameters, limits.parameters);
        !parameters) {
        return parameters;
    }
    return check("the multiplications of one image", size.multiplications, limits.multiplications);
}

}  // namespace convoscope
