#pragma once

#include <optional>

#include "web/widgets/ui.h"

namespace convoscope::rooms {

/// Where the pen is on a pad, 0 to 1 across and down, and whether a stroke begins there.
struct PenMark {
    double x = 0.0;
    double y = 0.0;
    bool begins = false;
};

/// What is drawn on a pad in this frame, by the pointer, a finger, or without one: then the arrows
/// lead a pen, which draws while Enter is held. Draws that pen, and the ring of the focus.
[[nodiscard]] std::optional<PenMark> pen_on(widgets::Ui& ui,
                                            const widgets::Interaction& pad,
                                            widgets::Rect where,
                                            bool takes_keys = true);

}  // namespace convoscope::rooms
