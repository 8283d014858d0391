#pragma once

#include <algorithm>
#include <cmath>

namespace convoscope::models {

/// From where a scene in space is looked at, in degrees, and how much larger than it fits.
struct Outlook {
    double yaw = -32.0;
    double pitch = 24.0;
    double zoom = 1.0;

    bool operator==(const Outlook&) const = default;
};

/// The same look, its turn within one round, and neither from beneath nor out of reach.
[[nodiscard]] inline Outlook within_reach(const Outlook& wanted) {
    constexpr double kMostPitch = 89.0;
    return {.yaw = std::remainder(wanted.yaw, 360.0),
            .pitch = std::clamp(wanted.pitch, -kMostPitch, kMostPitch),
            .zoom = std::clamp(wanted.zoom, 0.5, 6.0)};
}

}  // namespace convoscope::models
