#include "engine/kernels/activation.h"

#include "engine/core/check.h"
#include "engine/core/index.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

void relu_forward(std::span<const float> input, std::span<float> output) {
    CONVOSCOPE_CHECK(input.size() == output.size());
    const Index count = std::ssize(input);
    CONVOSCOPE_CHECK(count % kLanes == 0);
    for (Index i = 0; i < count; i += simd::kVectorSize) {
        const simd::Vector x = simd::load(input.data() + i);
        // Not max(): what that makes of NaN depends on the processor.
        simd::store(output.data() + i, simd::select(x < simd::zero(), simd::zero(), x));
    }
}

void relu_backward(std::span<const float> output,
                   std::span<const float> d_output,
                   std::span<float> d_input) {
    CONVOSCOPE_CHECK(output.size() == d_output.size() && output.size() == d_input.size());
    const Index count = std::ssize(output);
    CONVOSCOPE_CHECK(count % kLanes == 0);
    for (Index i = 0; i < count; i += simd::kVectorSize) {
        const simd::Vector y = simd::load(output.data() + i);
        const simd::Vector d = simd::load(d_output.data() + i);
        simd::store(d_input.data() + i, simd::select(y <= simd::zero(), simd::zero(), d));
    }
}

}  // namespace convoscope::kernels
