#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

/// Whose planes a strip shows.
enum class Volume { input, output };

[[nodiscard]] Index planes_in(const Context& context, Volume volume);

/// How wide a strip of that height must be for tiles that a finger finds; 0 for a single plane.
[[nodiscard]] float strip_width(Index planes, float height);

/// Every plane as a small picture, to take one to the front. Channels that the filter does not read
/// are dimmed. Nothing is drawn for a single plane.
void draw_plane_strip(Context& context, Volume volume, widgets::Rect rect);

/// The edges of the planes that lie behind the one in front, over its upper right corner.
void draw_planes_behind(
    Context& context, widgets::Quantity quantity, Index planes, widgets::Rect front, float radius);

}  // namespace convoscope::rooms::convolve
