#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/lanes.h"

namespace convoscope::kernels {

/// Where one micro-batch's random numbers come from: a key for each image. The number of element e
/// of an image is a hash of its key and e, so none depends on another.
struct DropoutKeys {
    std::uint32_t first[kLanes] = {};
    std::uint32_t second[kLanes] = {};
};

/// kept = 1 where an element stays, 0 where it is dropped (with probability p, in steps of 2⁻²⁴);
/// output = input·scale where kept, else 0, also where the input is not finite.
/// Overwrites `output`, which may be the input, and the first `input.size()` bytes of `kept`.
void dropout_forward(const DropoutKeys& keys,
                     double p,
                     float scale,
                     std::span<const float> input,
                     std::span<float> output,
                     std::span<std::byte> kept);

/// d_input = d_output·scale where kept, else 0. Overwrites `d_input`, which may be `d_output`.
void dropout_backward(std::span<const std::byte> kept,
                      float scale,
                      std::span<const float> d_output,
                      std::span<float> d_input);

}  // namespace convoscope::kernels
