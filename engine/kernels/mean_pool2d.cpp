#include "engine/kernels/mean_pool2d.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::Vector;

/// One output pixel and the rectangle that it is the mean of.
struct Rectangle {
    const MeanSpan& rows;
    const MeanSpan& columns;
    Index row_floats;    ///< of the input
    Index pixel_floats;  ///< of input and output alike

    [[nodiscard]] Vector share() const {
        return simd::splat(1.0F / static_cast<float>(rows.divisor * columns.divisor));
    }
    /// Calls visit(offset of an input pixel) in order.
    template <class Visit>
    void for_each_pixel(const Visit& visit) const {
        for (Index row = rows.begin; row < rows.end; ++row) {
            for (Index column = columns.begin; column < columns.end; ++column) {
                visit(row * row_floats + column * pixel_floats);
            }
        }
    }
};

/// Calls visit(rectangle, offset of the output pixel) in order.
template <class Visit>
void for_each_rectangle(const MeanPool2d& pool, const Visit& visit) {
    const Index pixel_floats = pool.input.channels * kLanes;
    Index output = 0;
    for (const MeanSpan& rows : pool.rows) {
        for (const MeanSpan& columns : pool.columns) {
            visit(Rectangle{.rows = rows,
                            .columns = columns,
                            .row_floats = pool.input.width * pixel_floats,
                            .pixel_floats = pixel_floats},
                  output);
            output += pixel_floats;
        }
    }
}

}  // namespace

void mean_pool2d_forward(const MeanPool2d& pool,
                         std::span<const float> input,
                         std::span<float> output) {
    CONVOSCOPE_CHECK(std::ssize(input) == pool.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(output) == pool.output().element_count() * kLanes);
    for_each_rectangle(pool, [&](const Rectangle& rectangle, Index target) {
        for (Index i = 0; i < rectangle.pixel_floats; i += simd::kVectorSize) {
            Vector sum = simd::zero();
            rectangle.for_each_pixel(
                [&](Index source) { sum += simd::load(input.data() + source + i); });
            simd::store(output.data() + target + i, sum * rectangle.share());
        }
    });
}

void mean_pool2d_backward(const MeanPool2d& pool,
                          std::span<const float> d_output,
                          std::span<float> d_input) {
    CONVOSCOPE_CHECK(std::ssize(d_input) == pool.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_output) == pool.output().element_count() * kLanes);
    std::ranges::fill(d_input, 0.0F);
    for_each_rectangle(pool, [&](const Rectangle& rectangle, Index source) {
        for (Index i = 0; i < rectangle.pixel_floats; i += simd::kVectorSize) {
            const Vector part = simd::load(d_output.data() + source + i) * rectangle.share();
            rectangle.for_each_pixel([&](Index pixel) {
                float* target = d_input.data() + pixel + i;
                simd::store(target, simd::load(target) + part);
            });
        }
    });
}

}  // namespace convoscope::kernels
