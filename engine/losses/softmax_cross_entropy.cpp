#include "engine/losses/softmax_cross_entropy.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/check.h"
#include "engine/core/lanes.h"
#include "engine/kernels/exponential.h"
#include "engine/kernels/simd.h"

namespace convoscope {
namespace {

using simd::kVectorSize;
using simd::Vector;
using LaneArray = std::array<float, static_cast<std::size_t>(kLanes)>;

Index class_count(std::span<const float> logits) {
    const Index classes = std::ssize(logits) / kLanes;
    CONVOSCOPE_CHECK(classes > 0 && classes * kLanes == std::ssize(logits));
    return classes;
}

/// What the loss needs of one vector of lanes.
struct Normaliser {
    Vector maximum;
    Vector sum;  ///< of e^(logit - maximum); at least 1
};

/// Subtracting the maximum changes no probability and keeps every power finite.
Normaliser normaliser_of(const float* logits, Index classes) {
    Vector maximum = simd::load(logits);
    for (Index c = 1; c < classes; ++c) {
        const Vector logit = simd::load(logits + c * kLanes);
        maximum = simd::select((logit > maximum) || (logit != logit), logit, maximum);
    }
    Vector sum = simd::zero();
    for (Index c = 0; c < classes; ++c) {
        sum += kernels::exponential(simd::load(logits + c * kLanes) - maximum);
    }
    return {.maximum = maximum, .sum = sum};
}

/// The mean over classes of logit - maximum in one lane.
float mean_below(std::span<const float> logits, std::size_t lane, float maximum) {
    const Index classes = class_count(logits);
    double sum = 0.0;
    for (Index c = 0; c < classes; ++c) {
        sum += static_cast<double>(logits[static_cast<std::size_t>(c * kLanes) + lane] - maximum);
    }
    return static_cast<float>(sum / static_cast<double>(classes));
}

}  // namespace

void softmax(std::span<const float> logits, std::span<float> probabilities) {
    const Index classes = class_count(logits);
    CONVOSCOPE_CHECK(probabilities.size() == logits.size());
    for (Index v = 0; v < kLanes; v += kVectorSize) {
        const Normaliser normaliser = normaliser_of(logits.data() + v, classes);
        const Vector factor = simd::splat(1.0F) / normaliser.sum;
        for (Index c = 0; c < classes; ++c) {
            const Vector logit = simd::load(logits.data() + c * kLanes + v);
            simd::store(probabilities.data() + c * kLanes + v,
                        kernels::exponential(logit - normaliser.maximum) * factor);
        }
    }
}

void predict_classes(std::span<const float> logits, std::span<Index> classes) {
    const Index count = class_count(logits);
    CONVOSCOPE_CHECK(std::ssize(classes) == kLanes);
    LaneArray best{};
    std::copy_n(logits.begin(), kLanes, best.begin());
    std::ranges::fill(classes, 0);
    for (Index c = 1; c < count; ++c) {
        for (std::size_t lane = 0; lane < best.size(); ++lane) {
            const float logit = logits[static_cast<std::size_t>(c * kLanes) + lane];
            if (logit > best[lane]) {
                best[lane] = logit;
                classes[lane] = c;
            }
        }
    }
}

Index softmax_cross_entropy(const SoftmaxCrossEntropyPass& pass) {
    const Index classes = class_count(pass.logits);
    const Index images = std::ssize(pass.labels);
    CONVOSCOPE_CHECK(images <= kLanes && std::ssize(pass.losses) == kLanes);
    CONVOSCOPE_CHECK(pass.d_logits.empty() || pass.d_logits.size() == pass.logits.size());

    LaneArray scales{};  // 0 for missing lanes
    std::fill_n(scales.begin(), images, pass.scale);
    LaneArray maxima{};
    LaneArray sums{};
    for (Index v = 0; v < kLanes; v += kVectorSize) {
        const Normaliser normaliser = normaliser_of(pass.logits.data() + v, classes);
        simd::store(maxima.data() + v, normaliser.maximum);
        simd::store(sums.data() + v, normaliser.sum);
        if (pass.d_logits.empty()) {
            continue;
        }
        const Vector scale = simd::load(scales.data() + v);
        const Vector factor = scale / normaliser.sum;
        const Vector smoothed =
            scale * simd::splat(pass.label_smoothing / static_cast<float>(classes));
        for (Index c = 0; c < classes; ++c) {
            const Vector logit = simd::load(pass.logits.data() + c * kLanes + v);
            const Vector gradient =
                kernels::exponential(logit - normaliser.maximum) * factor - smoothed;
            // Not a product with 0: a missing lane stays out of it even where it is not a number.
            simd::store(pass.d_logits.data() + c * kLanes + v,
                        simd::select(scale == simd::zero(), simd::zero(), gradient));
        }
    }

    std::array<Index, static_cast<std::size_t>(kLanes)> predictions{};
    predict_classes(pass.logits, predictions);
    std::ranges::fill(pass.losses, 0.0F);
    Index correct = 0;
    for (std::size_t lane = 0; lane < pass.labels.size(); ++lane) {
        const Index label = pass.labels[lane];
        CONVOSCOPE_CHECK(label < classes);
        const std::size_t place = static_cast<std::size_t>(label * kLanes) + lane;
        const float log_sum = std::log(sums[lane]);
        pass.losses[lane] = log_sum - (pass.logits[place] - maxima[lane]);
        if (pass.label_smoothing > 0.0F) {
            const float evenly = log_sum - mean_below(pass.logits, lane, maxima[lane]);
            pass.losses[lane] += pass.label_smoothing * (evenly - pass.losses[lane]);
        }
        if (!pass.d_logits.empty()) {
            pass.d_logits[place] -= pass.scale * (1.0F - pass.label_smoothing);
        }
        correct += predictions[lane] == label ? 1 : 0;
    }
    return correct;
}

}  // namespace convoscope
