#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/data/procedural/painters.h"

namespace convoscope {
namespace {

/// How far outside a shape of radius 1 a place is; negative inside.
double distance_outside(Index label, double x, double y) {
    switch (label) {
        case 0:
            return std::hypot(x, y) - 1.0;
        case 1:
            return std::max(std::fabs(x), std::fabs(y)) - 0.8;
        case 2: {
            // Equilateral, its point up: the largest of the distances from three sides.
            const double slanted = 0.5 * std::numbers::sqrt3 * std::fabs(x) - 0.5 * y;
            return std::max(slanted, y) - 0.55;
        }
        default: {
            const double across = std::max(std::fabs(x) - 1.0, std::fabs(y) - 0.3);
            const double along = std::max(std::fabs(y) - 1.0, std::fabs(x) - 0.3);
            return std::min(across, along);
        }
    }
}

}  // namespace

const char* shape_name(Index label) {
    constexpr std::array kNames = {"disc", "square", "triangle", "cross"};
    return kNames[static_cast<std::size_t>(label)];
}

void paint_shape(Index label, Random& random, const Picture& picture) {
    const auto size = static_cast<double>(picture.size);
    const double radius = size * random.uniform(0.22, 0.36);
    const double reach = 0.5 * size - radius;
    const double centre_x = 0.5 * size + reach * random.uniform(-0.8, 0.8);
    const double centre_y = 0.5 * size + reach * random.uniform(-0.8, 0.8);
    const double angle = random.uniform(-0.3, 0.3);
    const double brightness = random.uniform(0.6, 1.0);
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    for (Index row = 0; row < picture.size; ++row) {
        for (Index column = 0; column < picture.size; ++column) {
            const double dx = (static_cast<double>(column) + 0.5 - centre_x) / radius;
            const double dy = (static_cast<double>(row) + 0.5 - centre_y) / radius;
            const double outside =
                radius * distance_outside(label, cosine * dx - sine * dy, sine * dx + cosine * dy);
            picture.pixels[static_cast<std::size_t>(row * picture.size + column)] =
                static_cast<float>(brightness * std::clamp(0.5 - outside, 0.0, 1.0));
        }
    }
}

}  // namespace convoscope
