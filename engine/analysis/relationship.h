#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/analysis/convolution_axis.h"
#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// What slides over the axis.
enum class SlidingKind { convolution, pooling, transposed_convolution };

/// One of the named cases of Dumoulin and Visin's guide, in its symbols: i, k, s, p, d (dilation;
/// 1 but in the dilated cases) and o of the direct convolution; i′, a and o′ of the transposed one.
struct Relationship {
    Index number = 0;             ///< in the guide, 1 to 15; 0: a case that it does not have
    std::string_view name;        ///< "half (same) padding"
    std::string_view conditions;  ///< "s = 1, k = 2n + 1, p = ⌊k/2⌋"
    std::string_view formula;     ///< "o = i + 2⌊k/2⌋ − (k − 1)"
    std::string_view equivalent;  ///< transposed: the direct convolution that computes it
};

/// All of them, by number, then the case that the guide does not have (a dilated transposed
/// convolution, after `torch.nn.ConvTranspose2d`).
[[nodiscard]] std::span<const Relationship> relationships();

/// The most special relationship that holds. For a transposed convolution `axis` is the direct
/// convolution that it goes back over, as in the guide. Pooling with padding has none of its own in
/// the guide and gets number 6. Expects: every attribute in range.
[[nodiscard]] const Relationship& recognise(const ConvolutionAxis& axis, SlidingKind kind);

/// The formula with this axis's numbers and the result: "o = ⌊(5 + 2·1 − 3)/2⌋ + 1 = 3".
/// Returns error when: the convolution is impossible.
[[nodiscard]] Result<std::string> substituted(const Relationship& relationship,
                                              const ConvolutionAxis& axis);

}  // namespace convoscope
