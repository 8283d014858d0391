#include "engine/kernels/local_response_norm.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/power.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::multiply_add;
using simd::splat;
using simd::Vector;

/// Lane blocks of one pixel's channels from `begin` to `end`, cut to those that exist.
struct Neighbours {
    Index begin;
    Index end;

    Neighbours(const ResponseNorm& norm, Index first, Index last)
        : begin(std::max<Index>(first, 0)), end(std::min(last + 1, norm.channels)) {}
};

void forward_pixel(const ResponseNorm& norm, const float* x, float* y, float* bases) {
    for (Index channel = 0; channel < norm.channels; ++channel) {
        const Neighbours around(norm, channel - norm.size / 2, channel + (norm.size - 1) / 2);
        for (Index lane = 0; lane < kLanes; lane += simd::kVectorSize) {
            Vector sum = simd::zero();
            for (Index other = around.begin; other < around.end; ++other) {
                const Vector value = simd::load(x + other * kLanes + lane);
                sum = multiply_add(value, value, sum);
            }
            const Vector base = multiply_add(sum, splat(norm.scale), splat(norm.k));
            const Index place = channel * kLanes + lane;
            simd::store(bases + place, base);
            simd::store(y + place, simd::load(x + place) * power(base, -norm.beta));
        }
    }
}

/// One pixel's part of each array of the backward pass.
struct BackwardPixel {
    const float* x;
    const float* y;
    const float* bases;
    const float* d_y;
    float* shares;  ///< d_y · y / base of each channel
    float* d_x;
};

void backward_pixel(const ResponseNorm& norm, const BackwardPixel& pixel) {
    for (Index i = 0; i < norm.channels * kLanes; i += simd::kVectorSize) {
        simd::store(
            pixel.shares + i,
            simd::load(pixel.d_y + i) * simd::load(pixel.y + i) / simd::load(pixel.bases + i));
    }
    for (Index channel = 0; channel < norm.channels; ++channel) {
        const Neighbours around(norm, channel - (norm.size - 1) / 2, channel + norm.size / 2);
        for (Index lane = 0; lane < kLanes; lane += simd::kVectorSize) {
            Vector sum = simd::zero();
            for (Index other = around.begin; other < around.end; ++other) {
                sum += simd::load(pixel.shares + other * kLanes + lane);
            }
            const Index place = channel * kLanes + lane;
            const Vector own =
                simd::load(pixel.d_y + place) * power(simd::load(pixel.bases + place), -norm.beta);
            const Vector slope =
                splat(-2.0F * norm.scale * norm.beta) * simd::load(pixel.x + place);
            simd::store(pixel.d_x + place, multiply_add(slope, sum, own));
        }
    }
}

}  // namespace

void local_response_norm_forward(const ResponseNorm& norm,
                                 std::span<const float> input,
                                 std::span<float> output,
                                 std::span<float> bases) {
    const Index count = std::ssize(input);
    const Index pixel_floats = norm.channels * kLanes;
    CONVOSCOPE_CHECK(count % pixel_floats == 0);
    CONVOSCOPE_CHECK(std::ssize(output) == count && std::ssize(bases) == count);
    for (Index pixel = 0; pixel < count; pixel += pixel_floats) {
        forward_pixel(norm, input.data() + pixel, output.data() + pixel, bases.data() + pixel);
    }
}

void local_response_norm_backward(const ResponseNorm& norm,
                                  std::span<const float> input,
                                  std::span<const float> output,
                                  std::span<const float> bases,
                                  std::span<const float> d_output,
                                  std::span<float> scratch,
                                  std::span<float> d_input) {
    const Index count = std::ssize(input);
    const Index pixel_floats = norm.channels * kLanes;
    CONVOSCOPE_CHECK(count % pixel_floats == 0 && std::ssize(scratch) >= pixel_floats);
    CONVOSCOPE_CHECK(std::ssize(output) == count && std::ssize(bases) == count);
    CONVOSCOPE_CHECK(std::ssize(d_output) == count && std::ssize(d_input) == count);
    for (Index pixel = 0; pixel < count; pixel += pixel_floats) {
        backward_pixel(norm,
                       {.x = input.data() + pixel,
                        .y = output.data() + pixel,
                        .bases = bases.data() + pixel,
                        .d_y = d_output.data() + pixel,
                        .shares = scratch.data(),
                        .d_x = d_input.data() + pixel});
    }
}

}  // namespace convoscope::kernels
