#include "engine/kernels/batch_norm2d.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/kernels/simd.h"

namespace convoscope::kernels {
namespace {

using simd::kVectors;
using simd::kVectorSize;
using simd::Vector;

// Pixels summed in single precision before the sum goes on in double.
constexpr Index kRunPixels = 128;

/// 1 in the lanes that hold an image, 0 in the others.
struct LaneMask {
    float lanes[kLanes] = {};

    explicit LaneMask(Index images) { std::fill_n(lanes, images, 1.0F); }
    [[nodiscard]] simd::Mask of(Index v) const {
        return simd::load(lanes + v * kVectorSize) > simd::zero();
    }
};

double masked_sum(const Vector (&lanes)[kVectors], const LaneMask& mask) {
    Vector sum = simd::zero();
    for (Index v = 0; v < kVectors; ++v) {
        sum = sum + simd::select(mask.of(v), lanes[v], simd::zero());
    }
    return static_cast<double>(simd::sum(sum));
}

/// Calls visit(channel, channels of the block) with a block size known when compiling: that many
/// channels' sums stay in registers.
template <class Visit>
void for_each_channel_block(Index channels, const Visit& visit) {
    constexpr Index kBlock = 4;
    Index channel = 0;
    for (; channel + kBlock <= channels; channel += kBlock) {
        visit.template operator()<kBlock>(channel);
    }
    for (; channel < channels; ++channel) {
        visit.template operator()<1>(channel);
    }
}

/// sums[c] += Σ term(offset in floats, position in the block), where `term` yields one vector.
template <Index kBlock, class Term>
void add_masked_sums(
    Index pixels, Index pixel_floats, const LaneMask& mask, const Term& term, double* sums) {
    for (Index begin = 0; begin < pixels; begin += kRunPixels) {
        Vector lanes[kBlock][kVectors];
        for (auto& channel : lanes) {
            std::fill_n(channel, kVectors, simd::zero());
        }
        const Index end = std::min(begin + kRunPixels, pixels);
        for (Index pixel = begin; pixel < end; ++pixel) {
            for (Index c = 0; c < kBlock; ++c) {
                for (Index v = 0; v < kVectors; ++v) {
                    const Index offset = pixel * pixel_floats + c * kLanes + v * kVectorSize;
                    lanes[c][v] = term(lanes[c][v], offset, c);
                }
            }
        }
        for (Index c = 0; c < kBlock; ++c) {
            sums[c] += masked_sum(lanes[c], mask);
        }
    }
}

/// The same work for every lane block of a micro-batch: visit(channel, offset in floats).
template <class Visit>
void for_each_vector(Index pixels, Index channels, const Visit& visit) {
    Index offset = 0;
    for (Index pixel = 0; pixel < pixels; ++pixel) {
        for (Index channel = 0; channel < channels; ++channel) {
            for (Index v = 0; v < kVectors; ++v, offset += kVectorSize) {
                visit(channel, v, offset);
            }
        }
    }
}

Index pixels_of(std::span<const float> values, std::size_t channels) {
    CONVOSCOPE_CHECK(channels > 0 && values.size() % (channels * at(kLanes)) == 0);
    return static_cast<Index>(values.size() / (channels * at(kLanes)));
}

}  // namespace

void channel_moments(std::span<const float> input,
                     Index images,
                     std::span<double> mean,
                     std::span<double> squares) {
    CONVOSCOPE_CHECK(images > 0 && images <= kLanes && mean.size() == squares.size());
    const Index pixels = pixels_of(input, mean.size());
    const auto channels = static_cast<Index>(mean.size());
    const LaneMask mask(images);
    const double count = static_cast<double>(pixels) * static_cast<double>(images);
    for_each_channel_block(channels, [&]<Index kBlock>(Index channel) {
        const float* source = input.data() + channel * kLanes;
        double sums[kBlock] = {};
        add_masked_sums<kBlock>(
            pixels,
            channels * kLanes,
            mask,
            [&](Vector sum, Index offset, Index) { return sum + simd::load(source + offset); },
            sums);
        float center[kBlock];
        double deviations[kBlock] = {};
        for (Index c = 0; c < kBlock; ++c) {
            mean[at(channel + c)] = sums[c] / count;
            center[c] = static_cast<float>(mean[at(channel + c)]);
        }
        add_masked_sums<kBlock>(
            pixels,
            channels * kLanes,
            mask,
            [&](Vector sum, Index offset, Index c) {
                const Vector deviation = simd::load(source + offset) - simd::load_splat(center + c);
                return simd::multiply_add(deviation, deviation, sum);
            },
            deviations);
        for (Index c = 0; c < kBlock; ++c) {
            // The deviations were taken from a mean rounded to a float.
            const double rounding = mean[at(channel + c)] - static_cast<double>(center[c]);
            squares[at(channel + c)] = std::max(0.0, deviations[c] - count * rounding * rounding);
        }
    });
}

void channel_gradient_sums(std::span<const float> input,
                           std::span<const float> d_output,
                           Index images,
                           std::span<const float> mean,
                           std::span<float> sums,
                           std::span<float> products) {
    CONVOSCOPE_CHECK(input.size() == d_output.size() && images > 0 && images <= kLanes);
    CONVOSCOPE_CHECK(mean.size() == sums.size() && mean.size() == products.size());
    const Index pixels = pixels_of(input, mean.size());
    const auto channels = static_cast<Index>(mean.size());
    const LaneMask mask(images);
    for_each_channel_block(channels, [&]<Index kBlock>(Index channel) {
        const float* source = input.data() + channel * kLanes;
        const float* gradient = d_output.data() + channel * kLanes;
        const float* center = mean.data() + channel;
        double sum_of[kBlock] = {};
        double product_of[kBlock] = {};
        add_masked_sums<kBlock>(
            pixels,
            channels * kLanes,
            mask,
            [&](Vector sum, Index offset, Index) { return sum + simd::load(gradient + offset); },
            sum_of);
        add_masked_sums<kBlock>(
            pixels,
            channels * kLanes,
            mask,
            [&](Vector sum, Index offset, Index c) {
                const Vector deviation = simd::load(source + offset) - simd::load_splat(center + c);
                return simd::multiply_add(simd::load(gradient + offset), deviation, sum);
            },
            product_of);
        for (Index c = 0; c < kBlock; ++c) {
            sums[at(channel + c)] = static_cast<float>(sum_of[c]);
            products[at(channel + c)] = static_cast<float>(product_of[c]);
        }
    });
}

void normalize_channels(std::span<const float> input,
                        std::span<const float> mean,
                        std::span<const float> scale,
                        std::span<const float> shift,
                        std::span<float> output) {
    CONVOSCOPE_CHECK(input.size() == output.size());
    CONVOSCOPE_CHECK(mean.size() == scale.size() && mean.size() == shift.size());
    for_each_vector(pixels_of(input, mean.size()),
                    static_cast<Index>(mean.size()),
                    [&](Index channel, Index, Index offset) {
                        const Vector deviation = simd::load(input.data() + offset) -
                                                 simd::load_splat(mean.data() + channel);
                        simd::store(output.data() + offset,
                                    simd::multiply_add(deviation,
                                                       simd::load_splat(scale.data() + channel),
                                                       simd::load_splat(shift.data() + channel)));
                    });
}

void normalize_channels_backward(std::span<const float> input,
                                 std::span<const float> d_output,
                                 Index images,
                                 std::span<const float> mean,
                                 std::span<const float> scale,
                                 std::span<const float> offset,
                                 std::span<const float> slope,
                                 std::span<float> d_input) {
    CONVOSCOPE_CHECK(input.size() == d_output.size() && input.size() == d_input.size());
    CONVOSCOPE_CHECK(mean.size() == scale.size() && mean.size() == offset.size() &&
                     mean.size() == slope.size());
    const LaneMask mask(images);
    for_each_vector(
        pixels_of(input, mean.size()),
        static_cast<Index>(mean.size()),
        [&](Index channel, Index v, Index place) {
            const Vector deviation =
                simd::load(input.data() + place) - simd::load_splat(mean.data() + channel);
            const Vector curve = simd::multiply_add(deviation,
                                                    simd::load_splat(slope.data() + channel),
                                                    simd::load_splat(offset.data() + channel));
            const Vector gradient =
                simd::load(d_output.data() + place) * simd::load_splat(scale.data() + channel) -
                curve;
            simd::store(d_input.data() + place, simd::select(mask.of(v), gradient, simd::zero()));
        });
}

void scale_channels(std::span<const float> d_output,
                    std::span<const float> scale,
                    std::span<float> d_input) {
    CONVOSCOPE_CHECK(d_output.size() == d_input.size());
    for_each_vector(pixels_of(d_output, scale.size()),
                    static_cast<Index>(scale.size()),
                    [&](Index channel, Index, Index place) {
                        simd::store(d_input.data() + place,
                                    simd::load(d_output.data() + place) *
                                        simd::load_splat(scale.data() + channel));
                    });
}

}  // namespace convoscope::kernels
