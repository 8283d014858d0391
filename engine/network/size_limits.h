#pragma once

#include <span>

#include "engine/core/index.h"
#include "engine/core/result.h"
#include "engine/network/network_spec.h"

namespace convoscope {

/// True where an `Index` has 64 bits. A browser tab has 32, and 4 GB at most, of which parameters
/// take five copies (value, gradient, two of Adam's, packed) besides the gradient shards, and
/// activations two copies of `kLanes` images a thread.
inline constexpr bool kLargeMemory = sizeof(Index) == 8;

inline constexpr double kMostParameters = kLargeMemory ? 1 << 28 : 1 << 25;
/// Of one image, over all layers.
inline constexpr double kMostActivations = kLargeMemory ? 1 << 26 : 1 << 24;
/// Of one image's forward pass: three times as many still fit an `Index`.
inline constexpr double kMostMultiplications = kLargeMemory ? 1e15 : 5e8;

/// What one layer may come to.
struct SizeLimits {
    double parameters = 0.0;
    double activations = 0.0;
    double multiplications = 0.0;
};

/// For a network that takes its memory.
inline constexpr SizeLimits kRunnableSize = {.parameters = kMostParameters,
                                             .activations = kMostActivations,
                                             .multiplications = kMostMultiplications};
/// For one that is described and takes none: VGG-19 on 32 bits, too. Counts of bytes still fit.
inline constexpr SizeLimits kDescribableSize = {
    .parameters = 1 << 28, .activations = kMostActivations, .multiplications = 1e15};
/// Of one block.
inline constexpr double kMostBlockBytes = kLargeMemory ? 1e12 : 2e9;
/// Of the activations of a whole batch, where a layer waits for all of it.
inline constexpr double kMostBatchBytes = kLargeMemory ? 1e10 : 2e9;

/// Returns error when one image has more numbers than the limit.
[[nodiscard]] Status check_input_size(const Shape& input);

/// Returns error when a layer would have more parameters, outputs or multiplications than the
/// limits. Computed in doubles, so that no product overflows, and before anything is built.
[[nodiscard]] Status check_size(const LayerAttributes& attributes,
                                std::span<const Shape> inputs,
                                const SizeLimits& limits = kRunnableSize);

}  // namespace convoscope
