#pragma once

#include <string_view>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/core/window.h"

namespace convoscope {

/// What becomes of windows that do not fit the input exactly.
enum class SizeConvention {
    floor,        ///< PyTorch: the rest is left out
    ceil_mode,    ///< PyTorch and Caffe: one more window, unless it would start beyond the input
    must_divide,  ///< CS231n: a rest is an error
    same,         ///< TensorFlow: as many outputs as strides in the input; pads by itself
    valid         ///< TensorFlow: no padding, the rest is left out
};

/// Where a convention puts the windows along one axis.
struct AxisCoverage {
    Index outputs = 0;
    Index padding_begin = 0;  ///< given, or for `same` and `valid` the convention's own
    Index padding_end = 0;
    Index lost = 0;  ///< positions of the padded input after the last window's end
    /// Positions outside the input that lie within windows: padding in use, and with `ceil_mode`
    /// what is beyond it.
    Index invented = 0;
    Index unread_pixels = 0;  ///< of the input: no tap of any window falls on them
};

/// How many outputs a window has on `input` positions, and what it costs at the border.
///
///     floor, valid   ⌊(i + p_begin + p_end - k̂)/s⌋ + 1
///     ceil_mode      ⌈(i + p_begin + p_end - k̂)/s⌉ + 1, less the window that starts beyond the
///     input must_divide    (i + p_begin + p_end - k̂)/s + 1 same           ⌈i/s⌉; pads max(0, (o -
///     1)s + k̂ - i) in all, of an odd sum the end more
///
/// `same` and `valid` leave the window's own padding out of account.
/// Source: `torch.nn.MaxPool2d`; `tf.nn` ("SAME", "VALID"); CS231n, "Convolutional Networks".
/// Returns error when: an attribute is out of range, the window is larger than the padded input, or
/// a rest is left under `must_divide`. `axis` ("height") is named in the message.
[[nodiscard]] Result<AxisCoverage> cover(SizeConvention convention,
                                         const Window& given,
                                         Index input,
                                         std::string_view axis);

}  // namespace convoscope
