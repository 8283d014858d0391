#include "engine/explain/nearest_images.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace convoscope {

NearestImages::NearestImages(ImageWalk walk, std::vector<float> feature, Index count)
    : walk_(std::move(walk)), feature_(std::move(feature)), count_(at(count)) {}

bool NearestImages::step() {
    const auto images = walk_.next();
    const NetworkProbe& probe = walk_.probe();
    const Index value = last_hidden_value(probe.network());
    for (std::size_t lane = 0; lane < images.size(); ++lane) {
        const std::vector<float> feature = probe.value_of_lane(value, static_cast<Index>(lane));
        double squares = 0.0;
        for (std::size_t i = 0; i < feature.size(); ++i) {
            const double difference =
                static_cast<double>(feature[i]) - static_cast<double>(feature_[i]);
            squares += difference * difference;
        }
        consider({.image = images[lane], .distance = std::sqrt(squares)});
    }
    return walk_.finished();
}

void NearestImages::consider(const NearImage& image) {
    const auto key = [](const NearImage& one) { return std::tuple(one.distance, one.image); };
    nearest_.insert(std::ranges::upper_bound(nearest_, key(image), {}, key), image);
    nearest_.resize(std::min(nearest_.size(), count_));
}

}  // namespace convoscope
