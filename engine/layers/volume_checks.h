#pragma once

#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/core/shape.h"
#include "engine/core/window.h"

namespace convoscope {

// What layers on volumes check alike. Private to `layers/`.

/// Returns error when: the input is flat.
[[nodiscard]] inline Status check_volume(std::string_view type, const Shape& input) {
    if (!input.flat) {
        return success();
    }
    return Error{std::string(type) +
                 " needs a volume [channels, height, width], but its input is a flat vector of " +
                 input.text()};
}

/// Returns error when: there are no output channels, or the groups do not divide both sides.
[[nodiscard]] inline Status check_groups(Index groups, Index in_channels, Index out_channels) {
    if (out_channels < 1) {
        return Error{"out_channels is " + std::to_string(out_channels) + ", expected at least 1"};
    }
    if (groups < 1 || in_channels % groups != 0 || out_channels % groups != 0) {
        return Error{"groups is " + std::to_string(groups) + ", expected a divisor of both the " +
                     std::to_string(in_channels) + " input channels and the " +
                     std::to_string(out_channels) + " out_channels"};
    }
    return success();
}

/// Returns error when: the window does not fit, or the padding exceeds half of it.
[[nodiscard]] inline Status check_pooling_window(const Window& window,
                                                 Index input,
                                                 std::string_view axis) {
    if (const auto outputs = output_extent(window, input, axis); !outputs) {
        return outputs.error();
    }
    if (2 * window.padding_begin > window.size) {
        return Error{"padding along the " + std::string(axis) + " is " +
                     std::to_string(window.padding_begin) +
                     ", expected at most half the kernel_size " + std::to_string(window.size)};
    }
    return success();
}

}  // namespace convoscope
