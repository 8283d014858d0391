#include "engine/explain/exciting_images.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/core/lanes.h"

namespace convoscope {

ExcitingImages::ExcitingImages(ImageWalk walk, Index value, Index channel, Index count)
    : walk_(std::move(walk)), value_(value), channel_(channel), count_(at(count)) {}

bool ExcitingImages::step() {
    const auto images = walk_.next();
    const auto key = [](const Excitement& one) { return std::tuple(-one.activation, one.image); };
    for (std::size_t lane = 0; lane < images.size(); ++lane) {
        const Excitement seen = look(images[lane], static_cast<Index>(lane));
        found_.insert(std::ranges::upper_bound(found_, key(seen), {}, key), seen);
        found_.resize(std::min(found_.size(), count_));
    }
    return walk_.finished();
}

Excitement ExcitingImages::look(std::uint32_t image, Index lane) const {
    const Shape& shape = walk_.probe().network().shape(value_);
    const auto values = walk_.probe().value(value_);
    Excitement greatest{.image = image, .activation = values[at(channel_ * kLanes + lane)]};
    for (Index cell = 1; cell < shape.height * shape.width; ++cell) {
        const float value = values[at((cell * shape.channels + channel_) * kLanes + lane)];
        if (value > greatest.activation) {
            greatest = {.image = image,
                        .activation = value,
                        .row = cell / shape.width,
                        .column = cell % shape.width};
        }
    }
    return greatest;
}

}  // namespace convoscope
