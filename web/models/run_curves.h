#pragma once

#include <cstdint>
#include <vector>

#include "web/models/metric_series.h"
#include "web/models/run_clock.h"
#include "web/models/train_model.h"

namespace convoscope::models {

/// How the reader wants to see the curves of training.
struct CurveView {
    static constexpr double kMostSmoothing = 0.99;

    RunAxis axis = RunAxis::step;
    /// What each point of a line of training keeps of the one before (`smoothed_means`).
    double smoothing = 0.6;
};

/// Consecutive steps as one point of a curve.
struct CurvePoint {
    double x = 0.0;  ///< their middle, on the axis
    double least = 0.0;
    double line = 0.0;  ///< their mean, smoothed
    double greatest = 0.0;
};

/// Without those whose place is not known.
[[nodiscard]] std::vector<CurvePoint> curve_points(const MetricSeries& series,
                                                   const RunClock& clock,
                                                   const CurveView& view);

/// Where the axis ends: all that the run will make, and the runs beside it. Of time nobody knows
/// how much there will be, so there the axis grows with the run, now and then.
[[nodiscard]] double axis_end(const TrainModel& train, RunAxis axis);

}  // namespace convoscope::models
