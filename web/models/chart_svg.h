#pragma once

#include <span>
#include <string>

#include "web/models/run_curves.h"

namespace convoscope::models {

struct SvgPoint {
    double x;
    double y;
};

/// A chart of a run, to be printed: ink on white, in units of CSS pixels.
struct ChartDrawing {
    std::string title;
    std::span<const CurvePoint> train;  ///< line and band of extremes
    std::span<const SvgPoint> held;     ///< line with dots
    std::string x_name;
    double x_max = 1.0;
    double y_min = 0.0;
    double y_max = 1.0;
    bool log_y = false;    ///< y_min is above 0
    bool percent = false;  ///< y is a share
};

/// The drawing as an SVG document of its own; the same drawing gives the same bytes.
[[nodiscard]] std::string chart_svg(const ChartDrawing& drawing);

}  // namespace convoscope::models
