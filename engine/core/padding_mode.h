#pragma once

#include <string_view>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

/// What stands beyond the edge of an image a b c d: zeros; the image mirrored at its edge pixel
/// (c b | a b c d | c b); its edge pixel again and again (a a | a b c d | d d); or its other end
/// (c d | a b c d | a b). Source: `torch.nn.Conv2d`'s padding_mode.
enum class PaddingMode { zeros, reflect, replicate, circular };

/// The position on the input that is seen at `position`, which may lie beyond either end.
/// Expects: a mode other than zeros, and a position that `check_padding` lets through.
[[nodiscard]] Index padded_source(PaddingMode mode, Index position, Index input);

/// Returns error when: the padding at either end is larger than the input can fill: as large as the
/// input for reflect, larger than the input for circular. `axis` ("height") is named in the
/// message.
[[nodiscard]] Status check_padding(
    PaddingMode mode, Index padding_begin, Index padding_end, Index input, std::string_view axis);

}  // namespace convoscope
