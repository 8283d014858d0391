#pragma once

#include <string_view>

#include "engine/analysis/convolution_axis.h"
#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// A transposed convolution along one axis, as a direct convolution of stride 1 over a stretched
/// input: zeros between the pixels, zeros around them, and `added` more at the end.
/// Source: Dumoulin and Visin, relationships 8 to 14.
struct TransposedAxis {
    Index input = 1;      ///< i′: the direct convolution's output
    Index stretched = 1;  ///< ĩ′ = s(i′ - 1) + 1
    Index added = 0;      ///< a = (i + 2p - k̂) mod s, at the end; `output_padding` in PyTorch
    Index padding = 0;    ///< p′ = k̂ - p - 1; below zero: that much is cut off
    Index output = 1;     ///< o′: the direct convolution's input
};

/// The transposed convolution that goes back from a direct convolution's output to its input's
/// shape (not to its values).
/// Returns error when: the direct convolution is impossible; `axis` is named.
[[nodiscard]] Result<TransposedAxis> transpose(const ConvolutionAxis& direct,
                                               std::string_view axis);

/// o′ = (i′ - 1)s - 2p + d(k - 1) + output_padding + 1, where `transposed.input` is i′.
/// Source: `torch.nn.ConvTranspose2d`.
/// Returns error when: an attribute is out of range, `output_padding` is not smaller than stride or
/// dilation, or no output is left; `axis` is named.
[[nodiscard]] Result<Index> transposed_output_extent(const ConvolutionAxis& transposed,
                                                     Index output_padding,
                                                     std::string_view axis);

}  // namespace convoscope
