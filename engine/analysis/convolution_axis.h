#pragma once

#include "engine/core/index.h"
#include "engine/core/window.h"

namespace convoscope {

/// One axis of a convolution in the symbols of Dumoulin and Visin, "A guide to convolution
/// arithmetic for deep learning" (2016). Axes do not interact, so a picture has two of these.
struct ConvolutionAxis {
    Index input = 1;        ///< i
    Index kernel_size = 1;  ///< k
    Index stride = 1;       ///< s
    Index padding = 0;      ///< p, at each end
    Index dilation = 1;     ///< d

    /// k̂ = k + (k - 1)(d - 1): positions from the first tap to the last, both counted.
    [[nodiscard]] Index kernel_extent() const { return window().extent(); }
    [[nodiscard]] Window window() const {
        return {.size = kernel_size,
                .stride = stride,
                .padding_begin = padding,
                .padding_end = padding,
                .dilation = dilation};
    }
};

}  // namespace convoscope
