#include "web/models/run_curves.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace convoscope::models {
namespace {

constexpr double kFewestSteps = 100;  // that an axis spans

/// The next of a few round numbers, so that an axis that grows does not creep.
double rounded_up(double value) {
    constexpr std::array kRound{1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0};
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    const auto* found = std::ranges::find_if(
        kRound, [&](double factor) { return value <= factor * decade * (1.0 + 1e-9); });
    return decade * (found == kRound.end() ? kRound.back() : *found);
}

double planned_end(const TrainModel& train, RunAxis axis) {
    if (axis == RunAxis::step) {
        return std::max(static_cast<double>(train.total_steps()), kFewestSteps);
    }
    if (axis == RunAxis::time) {
        return 1.0;
    }
    const auto in_epoch = static_cast<double>(std::max<std::int64_t>(1, train.steps_per_epoch));
    return train.settings.epochs > 0 ? train.settings.epochs : kFewestSteps / in_epoch;
}

}  // namespace

std::vector<CurvePoint> curve_points(const MetricSeries& series,
                                     const RunClock& clock,
                                     const CurveView& view) {
    const auto buckets = series.buckets();
    const std::vector<float> line = smoothed_means(buckets, static_cast<float>(view.smoothing));
    std::vector<CurvePoint> points;
    points.reserve(buckets.size());
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        const Bucket& bucket = buckets[i];
        const double middle =
            static_cast<double>(bucket.first_step) + static_cast<double>(bucket.count) / 2;
        const double x = clock.place(view.axis, middle);
        if (std::isfinite(x)) {
            points.push_back({.x = x,
                              .least = static_cast<double>(bucket.least),
                              .line = static_cast<double>(line[i]),
                              .greatest = static_cast<double>(bucket.greatest)});
        }
    }
    return points;
}

double axis_end(const TrainModel& train, RunAxis axis) {
    double end = planned_end(train, axis);
    const auto reach = [&](const RunClock& clock, std::int64_t steps) {
        const double last = clock.place(axis, static_cast<double>(steps));
        end = std::isfinite(last) ? std::max(end, last) : end;
    };
    reach(train.clock, train.last_step());
    for (const KeptRun& run : train.kept_runs) {
        if (run.shown) {
            reach(run.clock, run.steps());
        }
    }
    return axis == RunAxis::time ? rounded_up(end) : end;
}

}  // namespace convoscope::models
