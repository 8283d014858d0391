#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "web/widgets/span.h"
#include "web/widgets/ui.h"

namespace convoscope::widgets {

/// Several values of a stretch of the axis, as drawn: line, and band of extremes.
struct BandPoint {
    double x;
    double min;
    double line;
    double max;
};
struct LinePoint {
    double x;
    double y;
};

/// A curve of another run, thin beside those of this one.
struct OtherCurve {
    std::string name;
    Color color;
    std::vector<LinePoint> points;
};

/// How places on the horizontal axis are written: "1,250", "0.73", "12 s" or "3 min".
enum class PlaceForm { kWhole, kDecimal, kDuration };

struct ChartSpec {
    const char* id;
    std::string title;
    std::span<const BandPoint> train;
    std::span<const LinePoint> held;
    std::span<const OtherCurve> others = {};
    std::string train_headline;  ///< "0.060"; empty: no headline
    std::string held_headline;
    std::string train_name = "train";
    std::string held_name = "validation";
    bool smoothed = false;  ///< the line of training is more than the mean of its stretch
    double x_min = 0;       ///< of what is shown
    double x_max = 1;
    std::optional<Span> whole = {};  ///< of what could be shown: the reader may zoom within it
    double y_min = 0;
    double y_max = 1;
    bool log_y = false;
    bool percent = false;            ///< y is a share; axis and tip in percent
    double least_shown = 10;         ///< of the axis, however close the reader looks
    double epoch_length = 0;         ///< on the axis; dashes at its multiples
    std::optional<double> now = {};  ///< a vertical line at the current step
    const char* x_name = "step";
    PlaceForm x_form = PlaceForm::kWhole;
    bool log_toggle = false;  ///< offer linear and logarithmic
    bool compact = false;     ///< without title and headlines: the plot fills the rectangle
    bool in_card = true;
};

struct ChartResult {
    bool hovered = false;
    std::optional<double> hovered_x;
    bool log_toggled = false;
    std::optional<Span> wanted;  ///< what the reader wants to see of the whole
};

/// A card with headline numbers and a plot; hovering reads all values at a place.
ChartResult chart(Ui& ui, const ChartSpec& spec, Rect rect);

}  // namespace convoscope::widgets
