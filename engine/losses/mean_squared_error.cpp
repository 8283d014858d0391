#include "engine/losses/mean_squared_error.h"

#include <algorithm>
#include <array>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/kernels/simd.h"

namespace convoscope {
namespace {

// Floats of one float sum before it goes into a double.
constexpr Index kBlock = 64 * kLanes;

/// The squared differences of one vector of lanes over a block of elements; writes their gradients.
simd::Vector block_of_squares(const MeanSquaredErrorPass& pass, Index first, simd::Mask missing) {
    const simd::Vector factor = simd::splat(2.0F * pass.scale);
    const Index end = std::min(first + kBlock, std::ssize(pass.output));
    simd::Vector squares = simd::zero();
    for (Index i = first; i < end; i += kLanes) {
        const simd::Vector distance =
            simd::load(pass.output.data() + i) - simd::load(pass.target.data() + i);
        // Not a product with 0: a missing lane stays out even where it is not a number.
        const simd::Vector difference = simd::select(missing, simd::zero(), distance);
        squares = simd::multiply_add(difference, difference, squares);
        if (!pass.d_output.empty()) {
            simd::store(pass.d_output.data() + i, factor * difference);
        }
    }
    return squares;
}

void add_lanes(simd::Vector values, std::span<double> sums) {
    std::array<float, static_cast<std::size_t>(simd::kVectorSize)> lanes{};
    simd::store(lanes.data(), values);
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        sums[lane] += static_cast<double>(lanes[lane]);
    }
}

}  // namespace

void mean_squared_error(const MeanSquaredErrorPass& pass) {
    CONVOSCOPE_CHECK(pass.target.size() == pass.output.size() && pass.images <= kLanes);
    CONVOSCOPE_CHECK(std::ssize(pass.output) % kLanes == 0 && std::ssize(pass.losses) == kLanes);
    CONVOSCOPE_CHECK(pass.d_output.empty() || pass.d_output.size() == pass.output.size());
    std::ranges::fill(pass.losses, 0.0);
    std::array<float, static_cast<std::size_t>(kLanes)> there{};
    std::fill_n(there.begin(), pass.images, 1.0F);
    for (Index v = 0; v < kLanes; v += simd::kVectorSize) {
        const simd::Mask missing = simd::load(there.data() + v) == simd::zero();
        for (Index begin = 0; begin < std::ssize(pass.output); begin += kBlock) {
            const simd::Vector squares = block_of_squares(pass, begin + v, missing);
            add_lanes(squares, pass.losses.subspan(static_cast<std::size_t>(v)));
        }
    }
}

void one_hot(std::span<const std::uint8_t> labels, std::span<float> target) {
    CONVOSCOPE_CHECK(std::ssize(labels) <= kLanes);
    std::ranges::fill(target, 0.0F);
    for (std::size_t lane = 0; lane < labels.size(); ++lane) {
        const std::size_t place = labels[lane] * static_cast<std::size_t>(kLanes) + lane;
        CONVOSCOPE_CHECK(place < target.size());
        target[place] = 1.0F;
    }
}

}  // namespace convoscope
