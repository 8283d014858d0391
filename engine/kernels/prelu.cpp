#include "engine/kernels/prelu.h"

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::Vector;

/// Calls visit(offset of a vector, the weight's place) in the order of memory.
template <class Visit>
void for_each_vector(Index channels, Index weight_count, Index count, const Visit& visit) {
    CONVOSCOPE_CHECK(count % (channels * kLanes) == 0);
    CONVOSCOPE_CHECK(weight_count == 1 || weight_count == channels);
    const Index weight_step = weight_count == 1 ? 0 : 1;
    for (Index pixel = 0; pixel < count; pixel += channels * kLanes) {
        for (Index channel = 0; channel < channels; ++channel) {
            for (Index v = 0; v < simd::kVectors; ++v) {
                visit(pixel + channel * kLanes + v * simd::kVectorSize, channel * weight_step);
            }
        }
    }
}

}  // namespace

void prelu_forward(Index channels,
                   std::span<const float> weights,
                   std::span<const float> input,
                   std::span<float> output) {
    CONVOSCOPE_CHECK(input.size() == output.size());
    for_each_vector(
        channels, std::ssize(weights), std::ssize(input), [&](Index offset, Index weight) {
            const Vector x = simd::load(input.data() + offset);
            const Vector scaled = simd::load_splat(weights.data() + weight) * x;
            simd::store(output.data() + offset, simd::select(x > simd::zero(), x, scaled));
        });
}

void prelu_backward_input(Index channels,
                          std::span<const float> weights,
                          std::span<const float> input,
                          std::span<const float> d_output,
                          std::span<float> d_input) {
    CONVOSCOPE_CHECK(input.size() == d_output.size() && input.size() == d_input.size());
    for_each_vector(
        channels, std::ssize(weights), std::ssize(input), [&](Index offset, Index weight) {
            const Vector x = simd::load(input.data() + offset);
            const Vector d = simd::load(d_output.data() + offset);
            const Vector scaled = simd::load_splat(weights.data() + weight) * d;
            simd::store(d_input.data() + offset, simd::select(x > simd::zero(), d, scaled));
        });
}

void prelu_backward_weights(Index channels,
                            std::span<const float> input,
                            std::span<const float> d_output,
                            std::span<float> d_weights) {
    CONVOSCOPE_CHECK(input.size() == d_output.size());
    const Index count = std::ssize(input);
    CONVOSCOPE_CHECK(count % (channels * kLanes) == 0);
    const bool shared = d_weights.size() == 1;
    CONVOSCOPE_CHECK(shared || std::ssize(d_weights) == channels);
    for (Index channel = 0; channel < channels; ++channel) {
        Vector sum = simd::zero();
        for (Index pixel = 0; pixel < count; pixel += channels * kLanes) {
            for (Index v = 0; v < simd::kVectors; ++v) {
                const Index offset = pixel + channel * kLanes + v * simd::kVectorSize;
                const Vector x = simd::load(input.data() + offset);
                const Vector d = simd::load(d_output.data() + offset);
                sum += simd::select(x > simd::zero(), simd::zero(), x * d);
            }
        }
        d_weights[shared ? 0 : static_cast<std::size_t>(channel)] += simd::sum(sum);
    }
}

}  // namespace convoscope::kernels
