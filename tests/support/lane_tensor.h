#pragma once

// Between single NCHW images of doubles, as the references want them, and micro-batches
// `[h][w][c][lane]` of floats, as the kernels do.

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "engine/core/index.h"
#include "engine/core/lanes.h"
#include "engine/core/random.h"
#include "engine/core/shape.h"

namespace convoscope::tests {

/// One micro-batch whose numbers are all NaN: whoever leaves one unwritten is found out.
inline std::vector<float> poisoned(Index count) {
    return std::vector<float>(at(count), std::numeric_limits<float>::quiet_NaN());
}

/// Numbers in [-1, 1) that floats hold exactly.
inline std::vector<float> random_floats(Random& random, Index count) {
    std::vector<float> values(at(count));
    for (float& value : values) {
        value = static_cast<float>(random.uniform(-1.0, 1.0));
    }
    return values;
}

inline std::vector<double> as_doubles(std::span<const float> values) {
    return {values.begin(), values.end()};
}

/// One lane's image, `[c][h][w]`.
inline std::vector<double> image_of_lane(const Shape& shape,
                                         std::span<const float> micro_batch,
                                         Index lane) {
    std::vector<double> image;
    for (Index c = 0; c < shape.channels; ++c) {
        for (Index y = 0; y < shape.height; ++y) {
            for (Index x = 0; x < shape.width; ++x) {
                const Index place = (y * shape.width + x) * shape.channels + c;
                image.push_back(static_cast<double>(micro_batch[at(place * kLanes + lane)]));
            }
        }
    }
    return image;
}

/// The largest |a - b|; infinite if any is not a number or the sizes differ.
inline double largest_difference(std::span<const double> a, std::span<const double> b) {
    if (a.size() != b.size()) {
        return std::numeric_limits<double>::infinity();
    }
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = a[i] < b[i] ? b[i] - a[i] : a[i] - b[i];
        if (!(difference <= largest)) {
            largest =
                difference == difference ? difference : std::numeric_limits<double>::infinity();
        }
    }
    return largest;
}

}  // namespace convoscope::tests
