#pragma once

#include <string>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct ToggleSpec {
    const char* id;
    std::string label;
    bool on = false;
    bool disabled = false;
    Runs explanation = {};
};

/// What a switch and its label take.
[[nodiscard]] float toggle_width(Ui& ui, const std::string& label);

/// A switch of 32 × 18 with its label right of it, centred in `row`; all of the row is the target.
/// Returns true when it was flipped.
[[nodiscard]] bool toggle(Ui& ui, const ToggleSpec& spec, Rect row);

/// A check box of 16 with its label.
[[nodiscard]] bool check_box(Ui& ui, const ToggleSpec& spec, Rect row);

/// One of a group of round choices with its label.
[[nodiscard]] bool radio(Ui& ui, const ToggleSpec& spec, Rect row);

}  // namespace convoscope::widgets
