#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/data/procedural/painters.h"

namespace convoscope {

void paint_bar(Index label, Index classes, Random& random, const Picture& picture) {
    const auto size = static_cast<double>(picture.size);
    const double step = std::numbers::pi / static_cast<double>(classes);
    const double angle = step * (static_cast<double>(label) + random.uniform(-0.25, 0.25));
    const double centre_x = size * random.uniform(0.35, 0.65);
    const double centre_y = size * random.uniform(0.35, 0.65);
    const double half_width = std::max(0.7, size * random.uniform(0.04, 0.08));
    const double half_length = size * random.uniform(0.25, 0.4);
    const double brightness = random.uniform(0.6, 1.0);
    for (Index row = 0; row < picture.size; ++row) {
        for (Index column = 0; column < picture.size; ++column) {
            const double dx = static_cast<double>(column) + 0.5 - centre_x;
            const double dy = centre_y - static_cast<double>(row) - 0.5;  // upwards
            const double along = std::fabs(std::cos(angle) * dx + std::sin(angle) * dy);
            const double across = std::fabs(std::cos(angle) * dy - std::sin(angle) * dx);
            const double outside = std::max(along - half_length, across - half_width);
            picture.pixels[static_cast<std::size_t>(row * picture.size + column)] =
                static_cast<float>(brightness * std::clamp(0.5 - outside, 0.0, 1.0));
        }
    }
}

}  // namespace convoscope
