#pragma once

#include <string_view>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// A window sliding along one axis: the one place where size, stride, padding and dilation become
/// positions, for kernels, shape inference and pictures alike.
///
///     input position of tap t of output o  =  o·stride + t·dilation - padding_begin
struct Window {
    Index size = 1;
    Index stride = 1;
    Index padding_begin = 0;
    Index padding_end = 0;
    Index dilation = 1;
    bool ceil_mode = false;  ///< pooling only: round the number of outputs up

    /// Input positions from the first tap to the last, both counted.
    [[nodiscard]] Index extent() const { return dilation * (size - 1) + 1; }

    bool operator==(const Window&) const = default;
};

/// How many outputs a window has on `input` positions.
///
///     floor((input + padding_begin + padding_end - extent) / stride) + 1
///
/// With `ceil_mode` the division rounds up, and a last window that would start beyond the input
/// and its padding at the beginning is left out.
/// Source: `torch.nn.Conv2d`, `torch.nn.MaxPool2d`.
/// Returns error when: an attribute is out of range, or the window is larger than the padded
/// input. `axis` ("height") is named in the message.
[[nodiscard]] Result<Index> output_extent(const Window& window, Index input, std::string_view axis);

/// Half-open range of indices.
struct IndexRange {
    Index begin = 0;
    Index end = 0;

    [[nodiscard]] Index count() const { return end - begin; }
    [[nodiscard]] bool empty() const { return end <= begin; }
    bool operator==(const IndexRange&) const = default;
};

/// The taps of output `output` that fall on the input and not on padding; perhaps none.
[[nodiscard]] IndexRange taps_inside(const Window& window, Index output, Index input);

/// The outputs, of `outputs` in all, whose tap `tap` falls on the input; perhaps none.
[[nodiscard]] IndexRange outputs_inside(const Window& window,
                                        Index tap,
                                        Index input,
                                        Index outputs);

}  // namespace convoscope
