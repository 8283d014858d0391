#include "engine/kernels/elementwise.h"

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {

void add(std::span<const float> a, std::span<const float> b, std::span<float> output) {
    CONVOSCOPE_CHECK(a.size() == b.size() && a.size() == output.size());
    const Index count = std::ssize(output);
    CONVOSCOPE_CHECK(count % kLanes == 0);
    for (Index i = 0; i < count; i += simd::kVectorSize) {
        simd::store(output.data() + i, simd::load(a.data() + i) + simd::load(b.data() + i));
    }
}

}  // namespace convoscope::kernels
