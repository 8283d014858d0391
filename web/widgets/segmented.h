#pragma once

#include <optional>
#include <span>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct Segment {
    const char* id;  ///< after the control's own id and a dot
    std::string label;
    Icon icon = Icon::kNone;
};

/// One choice of at most five. Returns the segment that was chosen in this frame, if any.
[[nodiscard]] std::optional<int> segmented(
    Ui& ui, const char* id, std::span<const Segment> segments, int selected, Rect rect);

}  // namespace convoscope::widgets
