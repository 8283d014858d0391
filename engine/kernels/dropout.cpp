#include "engine/kernels/dropout.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::IntVector;
using simd::kVectors;
using simd::kVectorSize;
using Bits = xsimd::batch<std::uint32_t>;

/// Every bit of the result depends on every bit of `x`. Source: Wellons, hash-prospector,
/// lowbias32.
Bits mixed(Bits x) {
    x = (x ^ (x >> 16)) * Bits(0x21f0aaadU);
    x = (x ^ (x >> 15)) * Bits(0xd35a2d97U);
    return x ^ (x >> 15);
}

}  // namespace

void dropout_forward(const DropoutKeys& keys,
                     double p,
                     float scale,
                     std::span<const float> input,
                     std::span<float> output,
                     std::span<std::byte> kept) {
    CONVOSCOPE_CHECK(input.size() == output.size() && kept.size() >= input.size());
    const Index count = std::ssize(input);
    CONVOSCOPE_CHECK(count % kLanes == 0);
    constexpr double kSteps = 1 << 24;
    const IntVector dropped_below(static_cast<std::int32_t>(std::clamp(p, 0.0, 1.0) * kSteps));
    for (Index offset = 0; offset < count; offset += kLanes) {
        const Bits element(static_cast<std::uint32_t>(offset / kLanes));
        IntVector stays[kVectors];
        for (Index v = 0; v < kVectors; ++v) {
            const Index place = v * kVectorSize;
            const Bits first = Bits::load_unaligned(keys.first + place);
            const Bits second = Bits::load_unaligned(keys.second + place);
            const Bits number = mixed(mixed(element ^ first) + second) >> 8;
            const auto keep = xsimd::bitwise_cast<std::int32_t>(number) >= dropped_below;
            stays[v] = xsimd::select(keep, IntVector(1), IntVector(0));
            const simd::Vector value =
                simd::load(input.data() + offset + place) * simd::splat(scale);
            simd::store(output.data() + offset + place,
                        simd::select(simd::float_mask(keep), value, simd::zero()));
        }
        simd::store_bytes(kept.data() + offset, stays);
    }
}

void dropout_backward(std::span<const std::byte> kept,
                      float scale,
                      std::span<const float> d_output,
                      std::span<float> d_input) {
    CONVOSCOPE_CHECK(d_output.size() == d_input.size() && kept.size() >= d_output.size());
    const Index count = std::ssize(d_output);
    CONVOSCOPE_CHECK(count % kLanes == 0);
    for (Index offset = 0; offset < count; offset += kLanes) {
        IntVector stays[kVectors];
        simd::load_bytes(kept.data() + offset, stays);
        for (Index v = 0; v < kVectors; ++v) {
            const Index place = offset + v * kVectorSize;
            const simd::Vector value = simd::load(d_output.data() + place) * simd::splat(scale);
            simd::store(
                d_input.data() + place,
                simd::select(simd::float_mask(stays[v] == IntVector(1)), value, simd::zero()));
        }
    }
}

}  // namespace convoscope::kernels
