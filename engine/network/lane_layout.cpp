#include "engine/network/lane_layout.h"

#include <algorithm>

#include "engine/core/lanes.h"

namespace convoscope {
void to_lanes(const Shape& shape,
              std::span<const float> images,
              Index count,
              std::span<float> lanes) {
    std::ranges::fill(lanes, 0.0F);
    const Index pixels = shape.height * shape.width;
    for (Index image = 0; image < count; ++image) {
        for (Index channel = 0; channel < shape.channels; ++channel) {
            for (Index pixel = 0; pixel < pixels; ++pixel) {
                lanes[at((pixel * shape.channels + channel) * kLanes + image)] =
                    images[at((image * shape.channels + channel) * pixels + pixel)];
            }
        }
    }
}

void from_lane(const Shape& shape,
               std::span<const float> lanes,
               Index lane,
               std::span<float> image) {
    const Index pixels = shape.height * shape.width;
    for (Index channel = 0; channel < shape.channels; ++channel) {
        for (Index pixel = 0; pixel < pixels; ++pixel) {
            image[at(channel * pixels + pixel)] =
                lanes[at((pixel * shape.channels + channel) * kLanes + lane)];
        }
    }
}

}  // namespace convoscope
