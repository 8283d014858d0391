#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/result.h"

namespace convoscope {

inline constexpr Index kCifarClasses = 10;
inline constexpr Index kCifarChannels = 3;
inline constexpr Index kCifarSide = 32;

/// Turns a batch of CIFAR-10's "binary version" (a label byte and 3072 bytes NCHW, image after
/// image) into a shard: all labels, then all images.
/// Source: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
/// Returns error when: the size is no multiple of 3073, or a label is above 9; it names `file`.
[[nodiscard]] Result<std::vector<std::byte>> read_cifar_batch(std::span<const std::byte> bytes,
                                                              const std::string& file);

}  // namespace convoscope
