#include <cmath>
#include <numbers>

#include "engine/data/procedural/painters.h"

namespace convoscope {
namespace {

// Room for noise between the points and the edge.
constexpr double kReach = 0.8;

Point polar(double radius, double angle) {
    return {.x = radius * std::cos(angle), .y = radius * std::sin(angle)};
}

}  // namespace

Point xor_point(Index label, Random& random) {
    const double x = random.uniform(-kReach, kReach);
    const double y = random.uniform(0.0, kReach);
    return {.x = x, .y = (x > 0.0) == (label == 0) ? y : -y};
}

Point circles_point(Index label, Random& random) {
    const double angle = random.uniform(0.0, 2.0 * std::numbers::pi);
    // The square root spreads points evenly over the disc.
    return label == 0 ? polar(0.5 * kReach * std::sqrt(random.uniform()), angle)
                      : polar(kReach * random.uniform(0.75, 1.0), angle);
}

Point spiral_point(Index label, Index classes, Random& random) {
    const double along = random.uniform(0.05, 1.0);
    const double start =
        2.0 * std::numbers::pi * static_cast<double>(label) / static_cast<double>(classes);
    return polar(kReach * along, start + 3.0 * std::numbers::pi * along);
}

Point blob_centre(Index label, Index classes) {
    return polar(
        0.7 * kReach,
        2.0 * std::numbers::pi * static_cast<double>(label) / static_cast<double>(classes));
}

}  // namespace convoscope
