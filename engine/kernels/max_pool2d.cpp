#include "engine/kernels/max_pool2d.h"

#include <algorithm>
#include <limits>

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::IntVector;
using simd::kVectors;
using simd::kVectorSize;
using simd::Vector;

/// The cells of one output's window that lie on the input.
struct WindowOnInput {
    IndexRange rows;
    IndexRange columns;
    Index first_y = 0;  ///< input position of kernel row 0; may be negative
    Index first_x = 0;

    WindowOnInput(const Pool2dGeometry& geometry, Index y, Index x)
        : rows(taps_inside(geometry.vertical, y, geometry.input.height)),
          columns(taps_inside(geometry.horizontal, x, geometry.input.width)),
          first_y(y * geometry.vertical.stride - geometry.vertical.padding_begin),
          first_x(x * geometry.horizontal.stride - geometry.horizontal.padding_begin) {}

    /// Calls visit(cell number, offset in floats of the input pixel's first channel) in order.
    template <class Visit>
    void for_each_cell(const Pool2dGeometry& geometry, const Visit& visit) const {
        for (Index row = rows.begin; row < rows.end; ++row) {
            const Index y = first_y + row * geometry.vertical.dilation;
            for (Index column = columns.begin; column < columns.end; ++column) {
                const Index x = first_x + column * geometry.horizontal.dilation;
                visit(row * geometry.horizontal.size + column,
                      (y * geometry.input.width + x) * geometry.input.channels * kLanes);
            }
        }
    }
};

/// One pixel's lane block of one channel: the running maximum and who holds it.
struct Best {
    Vector value[kVectors];
    IntVector cell[kVectors];
};

[[gnu::always_inline]] inline void challenge(Best& best, Index cell, const float* source) {
    for (Index v = 0; v < kVectors; ++v) {
        const Vector x = simd::load(source + v * kVectorSize);
        const auto wins = (x > best.value[v]) || (x != x);
        best.value[v] = simd::select(wins, x, best.value[v]);
        best.cell[v] = xsimd::select(
            simd::int_mask(wins), IntVector(static_cast<std::int32_t>(cell)), best.cell[v]);
    }
}

void pool_pixel(const Pool2dGeometry& geometry,
                const WindowOnInput& window,
                const float* input,
                float* output,
                std::byte* winners) {
    const bool empty = window.rows.empty() || window.columns.empty();
    const Index first_cell =
        empty ? 0 : window.rows.begin * geometry.horizontal.size + window.columns.begin;
    for (Index channel = 0; channel < geometry.input.channels; ++channel) {
        Best best;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled in the next lines
        for (Index v = 0; v < kVectors; ++v) {
            best.value[v] = simd::splat(-std::numeric_limits<float>::infinity());
            best.cell[v] = IntVector(static_cast<std::int32_t>(first_cell));
        }
        const float* source = input + channel * kLanes;
        window.for_each_cell(
            geometry, [&](Index cell, Index offset) { challenge(best, cell, source + offset); });
        for (Index v = 0; v < kVectors; ++v) {
            simd::store(output + channel * kLanes + v * kVectorSize, best.value[v]);
        }
        simd::store_bytes(winners + channel * kLanes, best.cell);
    }
}

void spread_pixel(const Pool2dGeometry& geometry,
                  const WindowOnInput& window,
                  const std::byte* winners,
                  const float* d_output,
                  float* d_input) {
    for (Index channel = 0; channel < geometry.input.channels; ++channel) {
        IntVector winner[kVectors];
        simd::load_bytes(winners + channel * kLanes, winner);
        Vector gradient[kVectors];
        for (Index v = 0; v < kVectors; ++v) {
            gradient[v] = simd::load(d_output + channel * kLanes + v * kVectorSize);
        }
        window.for_each_cell(geometry, [&](Index cell, Index offset) {
            float* target = d_input + offset + channel * kLanes;
            for (Index v = 0; v < kVectors; ++v) {
                const auto won =
                    simd::float_mask(winner[v] == IntVector(static_cast<std::int32_t>(cell)));
                const Vector before = simd::load(target + v * kVectorSize);
                simd::store(target + v * kVectorSize,
                            before + simd::select(won, gradient[v], simd::zero()));
            }
        });
    }
}

/// Calls visit(window, number of the output pixel) for every output pixel.
template <class Visit>
void for_each_window(const Pool2dGeometry& geometry, const Visit& visit) {
    for (Index y = 0; y < geometry.output.height; ++y) {
        for (Index x = 0; x < geometry.output.width; ++x) {
            visit(WindowOnInput(geometry, y, x), y * geometry.output.width + x);
        }
    }
}

}  // namespace

void max_pool2d_forward(const Pool2dGeometry& geometry,
                        std::span<const float> input,
                        std::span<float> output,
                        std::span<std::byte> winners) {
    CONVOSCOPE_CHECK(std::ssize(input) == geometry.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(output) == geometry.output.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(winners) >= geometry.output.element_count() * kLanes);
    const Index pixel_floats = geometry.output.channels * kLanes;
    for_each_window(geometry, [&](const WindowOnInput& window, Index pixel) {
        const Index offset = pixel * pixel_floats;
        pool_pixel(geometry, window, input.data(), output.data() + offset, winners.data() + offset);
    });
}

void max_pool2d_backward(const Pool2dGeometry& geometry,
                         std::span<const std::byte> winners,
                         std::span<const float> d_output,
                         std::span<float> d_input) {
    CONVOSCOPE_CHECK(std::ssize(d_input) == geometry.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_output) == geometry.output.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(winners) >= geometry.output.element_count() * kLanes);
    const Index pixel_floats = geometry.output.channels * kLanes;
    std::ranges::fill(d_input, 0.0F);
    for_each_window(geometry, [&](const WindowOnInput& window, Index pixel) {
        const Index offset = pixel * pixel_floats;
        spread_pixel(
            geometry, window, winners.data() + offset, d_output.data() + offset, d_input.data());
    });
}

}  // namespace convoscope::kernels
