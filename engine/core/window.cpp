#include "engine/core/window.h"

#include <algorithm>
#include <string>

namespace convoscope {
namespace {

Error out_of_range(std::string_view axis,
                   std::string_view what,
                   Index given,
                   std::string_view expected) {
    return Error{std::string(what) + " along the " + std::string(axis) + " is " +
                 std::to_string(given) + ", expected " + std::string(expected)};
}

/// Rounded down, as PyTorch's arithmetic is; C++ rounds towards zero. Expects: divisor > 0.
Index floor_divide(Index value, Index divisor) {
    const Index quotient = value / divisor;
    return value % divisor < 0 ? quotient - 1 : quotient;
}

Index ceil_divide(Index value, Index divisor) {
    return -floor_divide(-value, divisor);
}

}  // namespace

Result<Index> output_extent(const Window& window, Index input, std::string_view axis) {
    if (window.size < 1) {
        return out_of_range(axis, "kernel_size", window.size, "at least 1");
    }
    if (window.stride < 1) {
        return out_of_range(axis, "stride", window.stride, "at least 1");
    }
    if (window.dilation < 1) {
        return out_of_range(axis, "dilation", window.dilation, "at least 1");
    }
    if (window.padding_begin < 0 || window.padding_end < 0) {
        return out_of_range(
            axis, "padding", std::min(window.padding_begin, window.padding_end), "at least 0");
    }
    const Index padded = input + window.padding_begin + window.padding_end;
    const Index room = padded - window.extent();
    // Rounded up, a window that is too large by less than a stride still has an output.
    const Index least_room = window.ceil_mode ? 1 - window.stride : 0;
    if (input < 1 || room < least_room) {
        return Error{"the kernel covers " + std::to_string(window.extent()) + " along the " +
                     std::string(axis) + ", but the padded input has only " +
                     std::to_string(padded)};
    }
    if (!window.ceil_mode) {
        return room / window.stride + 1;
    }
    Index outputs = ceil_divide(room, window.stride) + 1;
    if ((outputs - 1) * window.stride >= input + window.padding_begin) {
        --outputs;
    }
    return outputs;
}

IndexRange taps_inside(const Window& window, Index output, Index input) {
    const Index start = output * window.stride - window.padding_begin;
    const Index begin = std::max<Index>(0, ceil_divide(-start, window.dilation));
    const Index end = std::min(window.size, ceil_divide(input - start, window.dilation));
    return {.begin = begin, .end = std::max(begin, end)};
}

IndexRange outputs_inside(const Window& window, Index tap, Index input, Index outputs) {
    const Index start = tap * window.dilation - window.padding_begin;
    const Index begin = std::clamp<Index>(ceil_divide(-start, window.stride), 0, outputs);
    const Index end = std::clamp(ceil_divide(input - start, window.stride), begin, outputs);
    return {.begin = begin, .end = end};
}

}  // namespace convoscope
