#pragma once

#include <array>
#include <optional>
#include <span>

#include "web/widgets/geometry.h"

namespace convoscope::widgets {

/// A place in a scene: x to the right, y up, z towards the reader.
struct Space {
    float x = 0;
    float y = 0;
    float z = 0;
};

/// What a scene reaches over, along its axes.
struct SpaceBounds {
    Space least;
    Space most;
};

/// What holds both.
[[nodiscard]] SpaceBounds united(const SpaceBounds& a, const SpaceBounds& b);

/// A scene on a turntable, seen without perspective: turned about the upright axis by `yaw`, then
/// tilted towards the reader by `pitch`, in the middle of `frame` and so large that what is seen of
/// its parts fits into it, times `zoom`.
class Turntable {
  public:
    /// Without parts: as of a single place.
    Turntable(std::span<const SpaceBounds> parts,
              Rect frame,
              float yaw_degrees,
              float pitch_degrees,
              float zoom);

    /// The same view, of which the picture reaches over another rectangle.
    [[nodiscard]] Turntable over(Rect picture) const;

    /// Where a place is seen on the screen.
    [[nodiscard]] Point project(Space place) const;
    /// Where the corners of a box are seen.
    [[nodiscard]] std::array<Point, 8> corners(const SpaceBounds& box) const;
    /// For a shader: the scene to clip space over the picture, which is `frame` unless said
    /// otherwise, column by column.
    [[nodiscard]] std::array<float, 16> matrix() const;
    /// The direction to the eye, in the scene, of length 1.
    [[nodiscard]] Space towards() const { return towards_; }
    /// How near the eye a box is hit by the look through a place of the screen, greater is nearer;
    /// none: it is missed.
    [[nodiscard]] std::optional<float> hit(Point at, Space middle, Space size) const;

  private:
    [[nodiscard]] Space turned(Space place) const;

    Rect picture_;
    Point center_;  ///< where the scene's middle is seen
    Space middle_;
    Space right_;  ///< the screen's axes, in the scene
    Space up_;
    Space towards_;
    float scale_ = 1;   ///< pixels of a unit
    float radius_ = 1;  ///< of a ball that holds the scene
};

}  // namespace convoscope::widgets
