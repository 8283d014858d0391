#include "engine/kernels/softmax.h"

#include "engine/core/check.h"
#include "engine/kernels/exponential.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::Vector;

/// Calls visit(offset of the first channel) for every vector of lanes of every position.
template <class Visit>
void for_each_position(Index channels, Index count, const Visit& visit) {
    CONVOSCOPE_CHECK(count % (channels * kLanes) == 0);
    for (Index pixel = 0; pixel < count; pixel += channels * kLanes) {
        for (Index v = 0; v < simd::kVectors; ++v) {
            visit(pixel + v * simd::kVectorSize);
        }
    }
}

}  // namespace

void softmax_forward(Index channels, std::span<const float> input, std::span<float> output) {
    CONVOSCOPE_CHECK(input.size() == output.size());
    for_each_position(channels, std::ssize(input), [&](Index offset) {
        const float* x = input.data() + offset;
        float* y = output.data() + offset;
        Vector largest = simd::load(x);
        for (Index channel = 1; channel < channels; ++channel) {
            const Vector value = simd::load(x + channel * kLanes);
            largest = simd::select(value > largest, value, largest);
        }
        Vector sum = simd::zero();
        for (Index channel = 0; channel < channels; ++channel) {
            const Vector power = exponential(simd::load(x + channel * kLanes) - largest);
            simd::store(y + channel * kLanes, power);
            sum += power;
        }
        for (Index channel = 0; channel < channels; ++channel) {
            simd::store(y + channel * kLanes, simd::load(y + channel * kLanes) / sum);
        }
    });
}

void softmax_backward(Index channels,
                      std::span<const float> output,
                      std::span<const float> d_output,
                      std::span<float> d_input) {
    CONVOSCOPE_CHECK(output.size() == d_output.size() && output.size() == d_input.size());
    for_each_position(channels, std::ssize(output), [&](Index offset) {
        const float* y = output.data() + offset;
        const float* d = d_output.data() + offset;
        Vector dot = simd::zero();
        for (Index channel = 0; channel < channels; ++channel) {
            dot = simd::multiply_add(
                simd::load(y + channel * kLanes), simd::load(d + channel * kLanes), dot);
        }
        for (Index channel = 0; channel < channels; ++channel) {
            const Vector difference = simd::load(d + channel * kLanes) - dot;
            simd::store(d_input.data() + offset + channel * kLanes,
                        simd::load(y + channel * kLanes) * difference);
        }
    });
}

}  // namespace convoscope::kernels
