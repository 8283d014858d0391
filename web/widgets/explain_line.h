#pragma once

#include <span>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

struct KeyHint {
    std::string key;
    std::string act;
};

/// Under the stage: what the hovered thing says, else `at_rest`, in a line or where it is too long
/// in as many as there is height for; keys on the right.
void explain_line(Ui& ui, Rect rect, const Runs& at_rest, std::span<const KeyHint> keys = {});

}  // namespace convoscope::widgets
