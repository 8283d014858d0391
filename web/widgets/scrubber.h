#pragma once

#include <optional>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// A timeline of steps: one segment each, a wider gap where a row ends, and a knob.
struct ScrubberSpec {
    const char* id;
    std::string label;
    std::string value;  ///< as a screen reader says it: "7 of 16"
    int count = 1;
    int current = 0;
    int row_length = 0;  ///< 0: no rows
    bool row_labels = false;
    float knob_radius = 7;
    Quantity quantity = Quantity::kOutput;
    Runs explanation = {};
};

/// Returns the step that the reader drags or presses to.
[[nodiscard]] std::optional<int> scrubber(Ui& ui, const ScrubberSpec& spec, Rect rect);

}  // namespace convoscope::widgets
