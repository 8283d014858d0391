#include "engine/kernels/max_pool2d_whole.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::IntVector;
using simd::kVectors;
using simd::kVectorSize;
using simd::Mask;
using simd::Vector;

/// From a window's first pixel to each of its pixels, in floats.
template <int kCells>
struct CellOffsets {
    Index of[kCells];
};

template <int kExtent>
CellOffsets<kExtent * kExtent> cell_offsets(const Pool2dGeometry& geometry) {
    const Index pixel = geometry.input.channels * kLanes;
    CellOffsets<kExtent * kExtent> offsets{};
    for (int cell = 0; cell < kExtent * kExtent; ++cell) {
        const Index y = cell / kExtent * geometry.vertical.dilation;
        const Index x = cell % kExtent * geometry.horizontal.dilation;
        offsets.of[cell] = (y * geometry.input.width + x) * pixel;
    }
    return offsets;
}

/// The definition, for windows with a NaN: the last one wins, as in PyTorch.
template <int kCells>
void find_winner_one_by_one(const Vector (&x)[kCells], Vector& best, IntVector& winner) {
    best = x[0];
    winner = IntVector(0);
    for (int cell = 1; cell < kCells; ++cell) {
        const Mask wins = (x[cell] > best) || (x[cell] != x[cell]);
        best = simd::select(wins, x[cell], best);
        winner = xsimd::select(simd::int_mask(wins), IntVector(cell), winner);
    }
}

/// The winner's number is how many cells from the first on differ from the maximum.
template <int kCells>
[[gnu::always_inline]] inline void find_winner(const Vector (&x)[kCells],
                                               Vector& best,
                                               IntVector& winner) {
    best = x[0];
    Vector sum = x[0];
#pragma GCC unroll 16
    for (int cell = 1; cell < kCells; ++cell) {
        best = xsimd::max(best, x[cell]);
        sum += x[cell];
    }
    // A sum that is not a number: one of the cells is none, or infinities met.
    if (xsimd::any(sum != sum)) {
        find_winner_one_by_one<kCells>(x, best, winner);
        return;
    }
    Mask none_yet = x[0] != best;
    winner = xsimd::select(simd::int_mask(none_yet), IntVector(1), IntVector(0));
#pragma GCC unroll 16
    for (int cell = 1; cell + 1 < kCells; ++cell) {
        none_yet = none_yet && (x[cell] != best);
        winner += xsimd::select(simd::int_mask(none_yet), IntVector(1), IntVector(0));
    }
}

/// All channels of one output pixel.
template <int kCells>
[[gnu::noinline]] void pool_pixel(const CellOffsets<kCells>& offsets,
                                  Index floats,
                                  const float* window,
                                  float* output,
                                  std::byte* winners) {
    for (Index i = 0; i < floats; i += kLanes) {
        IntVector winner[kVectors];
        for (int v = 0; v < kVectors; ++v) {
            const Index at = i + v * kVectorSize;
            Vector x[kCells];
#pragma GCC unroll 16
            for (int cell = 0; cell < kCells; ++cell) {
                x[cell] = simd::load(window + offsets.of[cell] + at);
            }
            Vector best;
            find_winner<kCells>(x, best, winner[v]);
            simd::store(output + at, best);
        }
        simd::store_bytes(winners + i, winner);
    }
}

template <int kCells>
[[gnu::noinline]] void spread_pixel(const CellOffsets<kCells>& offsets,
                                    Index floats,
                                    const std::byte* winners,
                                    const float* d_output,
                                    float* window) {
    for (Index i = 0; i < floats; i += kLanes) {
        IntVector winner[kVectors];
        simd::load_bytes(winners + i, winner);
        for (int v = 0; v < kVectors; ++v) {
            const Index at = i + v * kVectorSize;
            const Vector gradient = simd::load(d_output + at);
#pragma GCC unroll 16
            for (int cell = 0; cell < kCells; ++cell) {
                const Mask won = simd::float_mask(winner[v] == IntVector(cell));
                simd::store(window + offsets.of[cell] + at,
                            simd::select(won, gradient, simd::zero()));
            }
        }
    }
}

/// Calls visit(floats from the input's start to the window's first pixel, floats from the output's
/// start to its pixel) for every output pixel.
template <class Visit>
void for_each_window(const Pool2dGeometry& geometry, const Visit& visit) {
    const Index pixel = geometry.input.channels * kLanes;
    Index output = 0;
    for (Index y = 0; y < geometry.output.height; ++y) {
        Index input = y * geometry.vertical.stride * geometry.input.width * pixel;
        for (Index x = 0; x < geometry.output.width; ++x) {
            visit(input, output);
            input += geometry.horizontal.stride * pixel;
            output += pixel;
        }
    }
}

template <int kExtent>
void pool(const Pool2dGeometry& geometry, const float* input, float* output, std::byte* winners) {
    const auto offsets = cell_offsets<kExtent>(geometry);
    const Index floats = geometry.input.channels * kLanes;
    for_each_window(geometry, [&](Index from, Index to) {
        pool_pixel(offsets, floats, input + from, output + to, winners + to);
    });
}

template <int kExtent>
void spread(const Pool2dGeometry& geometry,
            const std::byte* winners,
            const float* d_output,
            float* d_input) {
    const auto offsets = cell_offsets<kExtent>(geometry);
    const Index floats = geometry.input.channels * kLanes;
    for_each_window(geometry, [&](Index to, Index from) {
        spread_pixel(offsets, floats, winners + from, d_output + from, d_input + to);
    });
}

bool lies_inside(const Window& window, Index input, Index outputs) {
    return window.padding_begin == 0 &&
           (outputs - 1) * window.stride + (window.size - 1) * window.dilation < input;
}

bool are_separate(const Window& window) {
    return window.dilation == 1 && window.stride >= window.size;
}

bool covers(const Window& window, Index input) {
    return window.stride == window.size && input % window.size == 0;
}

}  // namespace

bool has_whole_windows(const Pool2dGeometry& geometry) {
    const Index extent = geometry.vertical.size;
    return (extent == 2 || extent == 3) && geometry.horizontal.size == extent &&
           lies_inside(geometry.vertical, geometry.input.height, geometry.output.height) &&
           lies_inside(geometry.horizontal, geometry.input.width, geometry.output.width);
}

bool has_separate_windows(const Pool2dGeometry& geometry) {
    return has_whole_windows(geometry) && are_separate(geometry.vertical) &&
           are_separate(geometry.horizontal);
}

void pool_whole_windows(const Pool2dGeometry& geometry,
                        const float* input,
                        float* output,
                        std::byte* winners) {
    CONVOSCOPE_CHECK(has_whole_windows(geometry));
    if (geometry.vertical.size == 2) {
        pool<2>(geometry, input, output, winners);
    } else {
        pool<3>(geometry, input, output, winners);
    }
}

void spread_whole_windows(const Pool2dGeometry& geometry,
                          const std::byte* winners,
                          const float* d_output,
                          float* d_input) {
    CONVOSCOPE_CHECK(has_separate_windows(geometry));
    if (!covers(geometry.vertical, geometry.input.height) ||
        !covers(geometry.horizontal, geometry.input.width)) {
        std::fill_n(d_input, geometry.input.element_count() * kLanes, 0.0F);
    }
    if (geometry.vertical.size == 2) {
        spread<2>(geometry, winners, d_output, d_input);
    } else {
        spread<3>(geometry, winners, d_output, d_input);
    }
}

}  // namespace convoscope::kernels
