#pragma once

#include <span>

#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// How much of a whole, `share` from 0 to 1; `parts` draws that many divisions.
void progress_bar(
    Ui& ui, const char* id, std::string_view label, float share, Rect rect, int parts = 0);

/// A bar divided in proportion, with 2 px gaps.
struct Part {
    float share;
    Color color;
    bool hatched = false;
};
void stacked_bar(Ui& ui, std::span<const Part> parts, Rect rect, float radius = radius::kTick);

/// A value on a decade scale with its usual range in green.
struct GaugeSpec {
    double value;
    double min, max;
    double usual_min, usual_max;
};
void log_gauge(Ui& ui, const GaugeSpec& spec, Rect rect);

/// A small line without axes.
void sparkline(Ui& ui, std::span<const float> values, Rect rect, Color color);

}  // namespace convoscope::widgets
