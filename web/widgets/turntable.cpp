#include "web/widgets/turntable.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace convoscope::widgets {
namespace {

float dot(Space a, Space b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

Space minus(Space a, Space b) {
    return {a.x - b.x, a.y - b.y, a.z - b.z};
}

/// One of a box's eight corners, each bit of `corner` for an axis.
Space corner_of(const SpaceBounds& box, unsigned corner) {
    return {(corner & 1U) != 0 ? box.most.x : box.least.x,
            (corner & 2U) != 0 ? box.most.y : box.least.y,
            (corner & 4U) != 0 ? box.most.z : box.least.z};
}

}  // namespace

SpaceBounds united(const SpaceBounds& a, const SpaceBounds& b) {
    return {.least = {std::min(a.least.x, b.least.x),
                      std::min(a.least.y, b.least.y),
                      std::min(a.least.z, b.least.z)},
            .most = {std::max(a.most.x, b.most.x),
                     std::max(a.most.y, b.most.y),
                     std::max(a.most.z, b.most.z)}};
}

Turntable::Turntable(std::span<const SpaceBounds> parts,
                     Rect frame,
                     float yaw_degrees,
                     float pitch_degrees,
                     float zoom)
    : picture_(frame) {
    constexpr SpaceBounds kPlace;
    if (parts.empty()) {
        parts = {&kPlace, 1};
    }
    const SpaceBounds scene = std::accumulate(parts.begin(), parts.end(), parts.front(), united);
    middle_ = {(scene.least.x + scene.most.x) / 2,
               (scene.least.y + scene.most.y) / 2,
               (scene.least.z + scene.most.z) / 2};
    constexpr float kRadian = std::numbers::pi_v<float> / 180;
    const float yaw = yaw_degrees * kRadian;
    const float pitch = pitch_degrees * kRadian;
    right_ = {std::cos(yaw), 0, std::sin(yaw)};
    up_ = {std::sin(pitch) * std::sin(yaw), std::cos(pitch), -std::sin(pitch) * std::cos(yaw)};
    towards_ = {-std::cos(pitch) * std::sin(yaw), std::sin(pitch), std::cos(pitch) * std::cos(yaw)};
    constexpr float kFar = std::numeric_limits<float>::max();
    SpaceBounds seen{.least = {kFar, kFar, kFar}, .most = {-kFar, -kFar, -kFar}};
    for (const SpaceBounds& part : parts) {
        for (unsigned corner = 0; corner < 8; ++corner) {
            const Space place = turned(corner_of(part, corner));
            seen = united(seen, {.least = place, .most = place});
        }
    }
    radius_ = std::max({radius_, std::abs(seen.least.z), std::abs(seen.most.z)});
    const float width = std::max(seen.most.x - seen.least.x, 1e-3F);
    const float height = std::max(seen.most.y - seen.least.y, 1e-3F);
    scale_ = zoom * std::min(frame.w / width, frame.h / height);
    center_ = {frame.center().x - scale_ * (seen.least.x + seen.most.x) / 2,
               frame.center().y + scale_ * (seen.least.y + seen.most.y) / 2};
}

Space Turntable::turned(Space place) const {
    const Space from_middle = minus(place, middle_);
    return {dot(from_middle, right_), dot(from_middle, up_), dot(from_middle, towards_)};
}

Turntable Turntable::over(Rect picture) const {
    Turntable table = *this;
    table.picture_ = picture;
    return table;
}

Point Turntable::project(Space place) const {
    const Space seen = turned(place);
    return {center_.x + seen.x * scale_, center_.y - seen.y * scale_};
}

std::array<Point, 8> Turntable::corners(const SpaceBounds& box) const {
    std::array<Point, 8> seen;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        seen[i] = project(corner_of(box, static_cast<unsigned>(i)));
    }
    return seen;
}

std::array<float, 16> Turntable::matrix() const {
    const float across = 2 * scale_ / picture_.w;
    const float down = 2 * scale_ / picture_.h;
    const float aside = 2 * (center_.x - picture_.center_x()) / picture_.w;
    const float above = -2 * (center_.y - picture_.center_y()) / picture_.h;
    const float depth = -1 / (radius_ * 1.05F);  // the nearest is least
    return {right_.x * across,
            up_.x * down,
            towards_.x * depth,
            0,
            right_.y * across,
            up_.y * down,
            towards_.y * depth,
            0,
            right_.z * across,
            up_.z * down,
            towards_.z * depth,
            0,
            aside - dot(middle_, right_) * across,
            above - dot(middle_, up_) * down,
            -dot(middle_, towards_) * depth,
            1};
}

std::optional<float> Turntable::hit(Point at, Space middle, Space size) const {
    const float x = (at.x - center_.x) / scale_;
    const float y = (center_.y - at.y) / scale_;
    const std::array<float, 3> from{middle_.x + x * right_.x + y * up_.x,
                                    middle_.y + x * right_.y + y * up_.y,
                                    middle_.z + x * right_.z + y * up_.z};
    const std::array<float, 3> along{towards_.x, towards_.y, towards_.z};
    const std::array<float, 3> center{middle.x, middle.y, middle.z};
    const std::array<float, 3> length{size.x, size.y, size.z};
    float farthest = -std::numeric_limits<float>::infinity();
    float nearest = std::numeric_limits<float>::infinity();
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const float offset = center[axis] - from[axis];
        const float half = length[axis] / 2;
        if (std::abs(along[axis]) < 1e-6F) {
            if (std::abs(offset) > half) {
                return std::nullopt;
            }
            continue;
        }
        const float a = (offset - half) / along[axis];
        const float b = (offset + half) / along[axis];
        farthest = std::max(farthest, std::min(a, b));
        nearest = std::min(nearest, std::max(a, b));
    }
    return farthest <= nearest ? std::optional(nearest) : std::nullopt;
}

}  // namespace convoscope::widgets
