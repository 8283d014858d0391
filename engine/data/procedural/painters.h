#pragma once

#include <span>

#include "engine/core/index.h"
#include "engine/core/random.h"

/// One sample of each procedural set: pixels from 0 to 1 without noise, or a point.
namespace convoscope {

/// A square picture, `[row][column]`, black to begin with.
struct Picture {
    Index size = 0;
    std::span<float> pixels;
};

inline constexpr Index kShapeClasses = 4;  ///< disc, square, triangle, cross
[[nodiscard]] const char* shape_name(Index label);
/// A filled shape at a random place, in a random size, turned a little; smooth at its edge.
void paint_shape(Index label, Random& random, const Picture& picture);

/// A bright bar through a random point near the centre; its angle is `label / classes` of half a
/// turn, give or take a quarter of the step between two classes.
void paint_bar(Index label, Index classes, Random& random, const Picture& picture);

struct Point {
    double x = 0.0;  ///< -1 to 1
    double y = 0.0;
};

/// Uniform in a square; class 1 where the coordinates' signs differ.
[[nodiscard]] Point xor_point(Index label, Random& random);
/// A disc (class 0) inside a ring.
[[nodiscard]] Point circles_point(Index label, Random& random);
/// An arm of a spiral of one and a half turns.
[[nodiscard]] Point spiral_point(Index label, Index classes, Random& random);
/// The centre of one of `classes` blobs on a circle; the set's noise makes the blob.
[[nodiscard]] Point blob_centre(Index label, Index classes);

}  // namespace convoscope
