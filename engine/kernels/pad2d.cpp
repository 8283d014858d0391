#include "engine/kernels/pad2d.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

/// Calls visit(offset in the input, offset in the output) for every padded pixel in order.
template <class Visit>
void for_each_pixel(const Pad2d& pad, const Visit& visit) {
    const Index pixel_floats = pad.input.channels * kLanes;
    Index target = 0;
    for (const Index row : pad.rows) {
        for (const Index column : pad.columns) {
            visit((row * pad.input.width + column) * pixel_floats, target);
            target += pixel_floats;
        }
    }
}

}  // namespace

void pad2d_forward(const Pad2d& pad, std::span<const float> input, std::span<float> output) {
    CONVOSCOPE_CHECK(std::ssize(input) == pad.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(output) == pad.output().element_count() * kLanes);
    for_each_pixel(pad, [&](Index source, Index target) {
        std::copy_n(input.data() + source, pad.input.channels * kLanes, output.data() + target);
    });
}

void pad2d_backward(const Pad2d& pad, std::span<const float> d_output, std::span<float> d_input) {
    CONVOSCOPE_CHECK(std::ssize(d_input) == pad.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_output) == pad.output().element_count() * kLanes);
    std::ranges::fill(d_input, 0.0F);
    for_each_pixel(pad, [&](Index source, Index target) {
        for (Index i = 0; i < pad.input.channels * kLanes; i += simd::kVectorSize) {
            float* sum = d_input.data() + source + i;
            simd::store(sum, simd::load(sum) + simd::load(d_output.data() + target + i));
        }
    });
}

}  // namespace convoscope::kernels
