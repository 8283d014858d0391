#include "engine/kernels/batch_norm2d.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include "engine/core/random.h"
#include "engine/kernels/reference/batch_norm2d_reference.h"
#include "tests/support/lane_tensor.h"

using namespace convoscope;
using namespace convoscope::kernels;
using namespace convoscope::tests;

namespace {

/// A micro-batch whose missing lanes hold numbers that would spoil every sum.
std::vector<float> micro_batch(const Shape& shape, Index images, std::uint64_t seed, float around) {
    Random random(seed);
    std::vector<float> values = random_floats(random, shape.element_count() * kLanes);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<Index>(i) % kLanes < images ? values[i] + around : 1e30F;
    }
    return values;
}

std::vector<double> batch_of(const Shape& shape, std::span<const float> lanes, Index images) {
    std::vector<double> batch;
    for (Index image = 0; image < images; ++image) {
        const std::vector<double> one = image_of_lane(shape, lanes, image);
        batch.insert(batch.end(), one.begin(), one.end());
    }
    return batch;
}

// Channels of less than a register block, of one, and of a rest; images of one pixel, and of more
// pixels than are summed at once in single precision.
const std::vector<Shape> kShapes = {{.channels = 1, .height = 1, .width = 1},
                                    {.channels = 3, .height = 2, .width = 5},
                                    {.channels = 4, .height = 13, .width = 11},
                                    {.channels = 9, .height = 3, .width = 3},
                                    {.channels = 6, .height = 20, .width = 17}};

}  // namespace

TEST_CASE("batch norm: moments are those of the definition, missing lanes left out") {
    for (const Shape& shape : kShapes) {
        for (const Index images : {Index{1}, Index{3}, kLanes}) {
            const auto lanes = micro_batch(shape, images, 1, 0.25F);
            const reference::BatchNorm2dReference reference{
                .images = images, .channels = shape.channels, .pixels = shape.height * shape.width};
            const auto batch = batch_of(shape, lanes, images);
            std::vector<double> mean(at(shape.channels));
            std::vector<double> squares(at(shape.channels));
            channel_moments(lanes, images, mean, squares);
            for (double& square : squares) {
                square /= static_cast<double>(images * shape.height * shape.width);
            }
            CHECK(largest_difference(mean, reference.mean(batch)) < 1e-6);
            CHECK(largest_difference(squares, reference.variance(batch)) < 1e-6);
        }
    }
}

TEST_CASE("batch norm: a variance far smaller than the mean is not lost") {
    const Shape shape{.channels = 2, .height = 4, .width = 4};
    const auto lanes = micro_batch(shape, kLanes, 2, 1000.0F);
    const reference::BatchNorm2dReference reference{.images = kLanes, .channels = 2, .pixels = 16};
    const auto batch = batch_of(shape, lanes, kLanes);
    std::vector<double> mean(2);
    std::vector<double> squares(2);
    channel_moments(lanes, kLanes, mean, squares);
    const auto variance = reference.variance(batch);
    for (std::size_t channel = 0; channel < 2; ++channel) {
        const double got = squares[channel] / static_cast<double>(kLanes * 16);
        CHECK(got == doctest::Approx(variance[channel]).epsilon(1e-5));
    }
}

TEST_CASE("batch norm: the sums of gradients are those of plain loops") {
    for (const Shape& shape : kShapes) {
        const Index images = 3;
        const auto lanes = micro_batch(shape, images, 3, 0.5F);
        const auto d_lanes = micro_batch(shape, images, 4, 0.0F);
        std::vector<float> mean(at(shape.channels), 0.4F);
        std::vector<float> sums(at(shape.channels));
        std::vector<float> products(at(shape.channels));
        channel_gradient_sums(lanes, d_lanes, images, mean, sums, products);
        std::vector<double> plain_sums(at(shape.channels));
        std::vector<double> plain_products(at(shape.channels));
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            const Index place = static_cast<Index>(i);
            if (place % kLanes < images) {
                const auto channel = at(place / kLanes % shape.channels);
                const auto d = static_cast<double>(d_lanes[i]);
                plain_sums[channel] += d;
                plain_products[channel] +=
                    d * (static_cast<double>(lanes[i]) - static_cast<double>(mean[channel]));
            }
        }
        CHECK(largest_difference(as_doubles(sums), plain_sums) < 1e-4);
        CHECK(largest_difference(as_doubles(products), plain_products) < 1e-4);
    }
}

TEST_CASE("batch norm: normalising, and going back, is the formula at each number") {
    for (const Shape& shape : kShapes) {
        const Index images = 2;
        const auto lanes = micro_batch(shape, images, 5, 0.0F);
        const auto d_lanes = micro_batch(shape, images, 6, 0.0F);
        Random random(7);
        const auto mean = random_floats(random, shape.channels);
        const auto scale = random_floats(random, shape.channels);
        const auto shift = random_floats(random, shape.channels);
        const auto slope = random_floats(random, shape.channels);
        auto output = poisoned(shape.element_count() * kLanes);
        auto d_input = poisoned(shape.element_count() * kLanes);
        auto scaled = poisoned(shape.element_count() * kLanes);
        normalize_channels(lanes, mean, scale, shift, output);
        normalize_channels_backward(lanes, d_lanes, images, mean, scale, shift, slope, d_input);
        scale_channels(d_lanes, scale, scaled);
        bool right = true;
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            const Index place = static_cast<Index>(i);
            const auto channel = at(place / kLanes % shape.channels);
            const auto deviation =
                static_cast<double>(lanes[i]) - static_cast<double>(mean[channel]);
            const bool missing = place % kLanes >= images;
            const double factor = static_cast<double>(scale[channel]);
            const double d = static_cast<double>(d_lanes[i]);
            const double expected = deviation * factor + static_cast<double>(shift[channel]);
            const double d_expected = d * factor - static_cast<double>(shift[channel]) -
                                      deviation * static_cast<double>(slope[channel]);
            if (missing) {
                right = right && d_input[i] == 0.0F;
            } else {
                right = right && std::abs(static_cast<double>(output[i]) - expected) < 1e-5 &&
                        std::abs(static_cast<double>(d_input[i]) - d_expected) < 1e-5 &&
                        std::abs(static_cast<double>(scaled[i]) - d * factor) < 1e-5;
            }
        }
        CHECK(right);
    }
}
