#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/index.h"

namespace convoscope::models::own {

/// The shape of all pictures of the set, and with it the networks that learn them.
enum class Kind {
    grey,    ///< 1 × 28 × 28, as MNIST's
    colour,  ///< 3 × 32 × 32, as CIFAR-10's
};
[[nodiscard]] const char* name_of(Kind kind);
bool read_name(std::string_view name, Kind& kind);

[[nodiscard]] constexpr Index channels_of(Kind kind) {
    return kind == Kind::grey ? 1 : 3;
}
[[nodiscard]] constexpr Index side_of(Kind kind) {
    return kind == Kind::grey ? 28 : 32;
}
/// Bytes of a picture.
[[nodiscard]] constexpr std::size_t picture_size(Kind kind) {
    return at(channels_of(kind) * side_of(kind) * side_of(kind));
}

/// Side of the pictures that files and the camera bring: three planes of bytes.
inline constexpr Index kBroughtSide = 128;

/// A picture of what was drawn, in the middle and the same in every channel.
/// `digit`: 28 × 28 numbers from 0 to 1.
[[nodiscard]] std::vector<std::uint8_t> drawn_pixels(Kind kind, std::span<const float> digit);

/// A picture of what a file or the camera brought, made smaller. Grey is the luma of ITU-R BT.601.
/// Expects: three planes of kBroughtSide × kBroughtSide.
[[nodiscard]] std::vector<std::uint8_t> brought_pixels(Kind kind,
                                                       std::span<const std::uint8_t> planes);

/// As one sees it, of what a mirror shows: every row of `side` pixels the other way round.
[[nodiscard]] std::vector<std::uint8_t> unmirrored(std::span<const std::uint8_t> planes,
                                                   Index side);

}  // namespace convoscope::models::own
