#include "engine/core/padding_mode.h"

#include <algorithm>
#include <string>

#include "engine/core/check.h"

namespace convoscope {

Index padded_source(PaddingMode mode, Index position, Index input) {
    CONVOSCOPE_CHECK(mode != PaddingMode::zeros);
    const Index last = input - 1;
    if (mode == PaddingMode::replicate) {
        return std::clamp<Index>(position, 0, last);
    }
    if (position >= 0 && position <= last) {
        return position;
    }
    if (mode == PaddingMode::circular) {
        return position < 0 ? position + input : position - input;
    }
    return position < 0 ? -position : 2 * last - position;
}

Status check_padding(
    PaddingMode mode, Index padding_begin, Index padding_end, Index input, std::string_view axis) {
    if (mode != PaddingMode::reflect && mode != PaddingMode::circular) {
        return success();
    }
    const bool reflect = mode == PaddingMode::reflect;
    const Index most = reflect ? input - 1 : input;
    const Index padding = std::max(padding_begin, padding_end);
    if (padding <= most) {
        return success();
    }
    return Error{"padding along the " + std::string(axis) + " is " + std::to_string(padding) +
                 ", expected at most " + std::to_string(most) + ", as padding_mode \"" +
                 (reflect ? "reflect\" mirrors" : "circular\" repeats") + " an input of " +
                 std::to_string(input)};
}

}  // namespace convoscope
