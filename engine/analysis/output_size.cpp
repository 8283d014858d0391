#include "engine/analysis/output_size.h"

#include <algorithm>
#include <string>
#include <vector>

namespace convoscope {
namespace {

/// The window with the padding and rounding that the convention gives it.
Window under(SizeConvention convention, Window window, Index input) {
    window.ceil_mode = convention == SizeConvention::ceil_mode;
    if (convention == SizeConvention::valid || convention == SizeConvention::same) {
        window.padding_begin = 0;
        window.padding_end = 0;
    }
    if (convention == SizeConvention::same && window.stride > 0) {
        const Index outputs = (input + window.stride - 1) / window.stride;
        const Index total =
            std::max<Index>(0, (outputs - 1) * window.stride + window.extent() - input);
        window.padding_begin = total / 2;
        window.padding_end = total - total / 2;
    }
    return window;
}

Index count_unread(const Window& window, Index input, Index outputs) {
    std::vector<bool> read(static_cast<std::size_t>(input), false);
    for (Index output = 0; output < outputs; ++output) {
        const IndexRange taps = taps_inside(window, output, input);
        for (Index tap = taps.begin; tap < taps.end; ++tap) {
            const Index position =
                output * window.stride + tap * window.dilation - window.padding_begin;
            read[static_cast<std::size_t>(position)] = true;
        }
    }
    return std::ranges::count(read, false);
}

/// Positions in [begin, end) that lie within some window.
Index count_covered(const Window& window, Index outputs, Index begin, Index end) {
    Index covered = 0;
    Index next = begin;
    for (Index output = 0; output < outputs; ++output) {
        const Index first = output * window.stride - window.padding_begin;
        const Index from = std::max(first, next);
        const Index to = std::min(first + window.extent(), end);
        covered += std::max<Index>(0, to - from);
        next = std::max(next, to);
    }
    return covered;
}

Error does_not_divide(const Window& window, Index input, std::string_view axis) {
    const Index padded = input + window.padding_begin + window.padding_end;
    return Error{"along the " + std::string(axis) + " the window of " +
                 std::to_string(window.extent()) + " moves over " +
                 std::to_string(padded - window.extent()) + " positions, which the stride of " +
                 std::to_string(window.stride) + " does not divide: " +
                 std::to_string((padded - window.extent()) % window.stride) + " would be left"};
}

}  // namespace

Result<AxisCoverage> cover(SizeConvention convention,
                           const Window& given,
                           Index input,
                           std::string_view axis) {
    const Window window = under(convention, given, input);
    const Result<Index> outputs = output_extent(window, input, axis);
    if (!outputs) {
        return outputs.error();
    }
    const Index padded = input + window.padding_begin + window.padding_end;
    const Index used = (*outputs - 1) * window.stride + window.extent();
    if (convention == SizeConvention::must_divide && used != padded) {
        return does_not_divide(window, input, axis);
    }
    const Index last_end = std::max(input, used - window.padding_begin);
    return AxisCoverage{.outputs = *outputs,
                        .padding_begin = window.padding_begin,
                        .padding_end = window.padding_end,
                        .lost = std::max<Index>(0, padded - used),
                        .invented = count_covered(window, *outputs, -window.padding_begin, 0) +
                                    count_covered(window, *outputs, input, last_end),
                        .unread_pixels = count_unread(window, input, *outputs)};
}

}  // namespace convoscope
