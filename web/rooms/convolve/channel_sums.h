#pragma once

#include "web/rooms/convolve/convolve_context.h"

namespace convoscope::rooms::convolve {

inline constexpr float kPhoneSums = 40;

/// How wide the sums of the channels are, at most `most`; 0 where a filter reads one channel.
[[nodiscard]] float channel_sums_width(const Context& context, float most);

/// What each channel adds to the current output, to choose the one in front: "Σ 3 + −2 + 5".
/// Nothing is drawn where a filter reads one channel.
void draw_channel_sums(Context& context, widgets::Rect rect);

}  // namespace convoscope::rooms::convolve
