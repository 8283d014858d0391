#include "engine/kernels/max_pool2d.h"

#include <algorithm>
#include <limits>

#include "engine/core/check.h"
#include "engine/kernels/max_pool2d_whole.h"
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

// How the winning cells' numbers are kept.

struct ByteWinners {
    static constexpr Index kBytes = 1;
    static void store(std::byte* target, const IntVector (&cells)[kVectors]) {
        simd::store_bytes(target, cells);
    }
    static void load(const std::byte* source, IntVector (&cells)[kVectors]) {
        simd::load_bytes(source, cells);
    }
};

struct WordWinners {
    static constexpr Index kBytes = 4;
    static void store(std::byte* target, const IntVector (&cells)[kVectors]) {
        simd::store_words(target, cells);
    }
    static void load(const std::byte* source, IntVector (&cells)[kVectors]) {
        simd::load_words(source, cells);
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

template <class Winners>
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
        Winners::store(winners + channel * kLanes * Winners::kBytes, best.cell);
    }
}

template <class Winners>
void spread_pixel(const Pool2dGeometry& geometry,
                  const WindowOnInput& window,
                  const std::byte* winners,
                  const float* d_output,
                  float* d_input) {
    for (Index channel = 0; channel < geometry.input.channels; ++channel) {
        IntVector winner[kVectors];
        Winners::load(winners + channel * kLanes * Winners::kBytes, winner);
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

template <class Winners>
void forward_with(const Pool2dGeometry& geometry,
                  std::span<const float> input,
                  std::span<float> output,
                  std::span<std::byte> winners) {
    const Index pixel_floats = geometry.output.channels * kLanes;
    for_each_window(geometry, [&](const WindowOnInput& window, Index pixel) {
        const Index offset = pixel * pixel_floats;
        pool_pixel<Winners>(geometry,
                            window,
                            input.data(),
                            output.data() + offset,
                            winners.data() + offset * Winners::kBytes);
    });
}

template <class Winners>
void backward_with(const Pool2dGeometry& geometry,
                   std::span<const std::byte> winners,
                   std::span<const float> d_output,
                   std::span<float> d_input) {
    const Index pixel_floats = geometry.output.channels * kLanes;
    std::ranges::fill(d_input, 0.0F);
    for_each_window(geometry, [&](const WindowOnInput& window, Index pixel) {
        const Index offset = pixel * pixel_floats;
        spread_pixel<Winners>(geometry,
                              window,
                              winners.data() + offset * Winners::kBytes,
                              d_output.data() + offset,
                              d_input.data());
    });
}

}  // namespace

void max_pool2d_forward(const Pool2dGeometry& geometry,
                        std::span<const float> input,
                        std::span<float> output,
                        std::span<std::byte> winners) {
    const Index outputs = geometry.output.element_count() * kLanes;
    CONVOSCOPE_CHECK(std::ssize(input) == geometry.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(output) == outputs);
    CONVOSCOPE_CHECK(std::ssize(winners) >= outputs * geometry.winner_bytes());
    if (has_whole_windows(geometry)) {
        pool_whole_windows(geometry, input.data(), output.data(), winners.data());
        return;
    }
    const bool bytes = geometry.winner_bytes() == ByteWinners::kBytes;
    const auto run = bytes ? forward_with<ByteWinners> : forward_with<WordWinners>;
    run(geometry, input, output, winners);
}

void max_pool2d_backward(const Pool2dGeometry& geometry,
                         std::span<const std::byte> winners,
                         std::span<const float> d_output,
                         std::span<float> d_input) {
    const Index outputs = geometry.output.element_count() * kLanes;
    CONVOSCOPE_CHECK(std::ssize(d_input) == geometry.input.element_count() * kLanes);
    CONVOSCOPE_CHECK(std::ssize(d_output) == outputs);
    CONVOSCOPE_CHECK(std::ssize(winners) >= outputs * geometry.winner_bytes());
    if (has_separate_windows(geometry)) {
        spread_whole_windows(geometry, winners.data(), d_output.data(), d_input.data());
        return;
    }
    const bool bytes = geometry.winner_bytes() == ByteWinners::kBytes;
    const auto run = bytes ? backward_with<ByteWinners> : backward_with<WordWinners>;
    run(geometry, winners, d_output, d_input);
}

}  // namespace convoscope::kernels
