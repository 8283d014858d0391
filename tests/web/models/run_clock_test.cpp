// What the curves of runs are drawn over: steps, epochs, or seconds of training.

#include "web/models/run_clock.h"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "web/models/app_state.h"
#include "web/models/commands.h"
#include "web/models/engine_events.h"
#include "web/models/json_reading.h"
#include "web/models/kept_runs_json.h"
#include "web/models/link.h"
#include "web/models/metrics_csv.h"
#include "web/models/run_curves.h"

using namespace convoscope::models;

namespace {

/// The engine reports `count` steps that end at `step`, after so many seconds of training.
void train_to(AppState& state, std::int64_t step, int count, double seconds) {
    std::string losses;
    for (int i = 0; i < count; ++i) {
        losses += (i > 0 ? "," : "") + std::to_string(step - count + i + 1);
    }
    const std::string event = R"({"event":"metrics","step":)" + std::to_string(step) +
                              R"(,"seconds":)" + std::to_string(seconds) + R"(,"losses":[)" +
                              losses + R"(],"accuracies":[)" + losses + "]}";
    REQUIRE(apply_event(state.train, event, {}));
}

/// Ten steps in 2 s, ten more in 6 s; 40 steps are an epoch.
AppState twenty_steps() {
    AppState state;
    state.train.steps_per_epoch = 40;
    train_to(state, 10, 10, 2.0);
    train_to(state, 20, 10, 8.0);
    return state;
}

double seconds_at(const RunClock& clock, double step) {
    return clock.place(RunAxis::time, step);
}

}  // namespace

TEST_CASE("RunClock: between two marks a run goes evenly, and there and back is the same step") {
    RunClock clock;
    clock.add(10, 0.25, 2.0);
    clock.add(10, 0.25, 6.0);
    CHECK(clock.place(RunAxis::step, 7.5) == 7.5);
    CHECK(clock.place(RunAxis::epoch, 5) == doctest::Approx(0.125));
    CHECK(seconds_at(clock, 5) == doctest::Approx(1.0));
    CHECK(seconds_at(clock, 15) == doctest::Approx(5.0));
    CHECK(seconds_at(clock, 30) == doctest::Approx(12.0));  // as it has gone so far: 8 s in 20
    for (const RunAxis axis : {RunAxis::step, RunAxis::epoch, RunAxis::time}) {
        for (const double step : {0.0, 3.0, 10.0, 17.5, 20.0, 31.0}) {
            CAPTURE(name_of(axis));
            CHECK(clock.step_at(axis, clock.place(axis, step)) == doctest::Approx(step));
        }
    }
}

TEST_CASE("RunClock: with other batches an epoch has another number of steps") {
    RunClock clock;
    clock.add(10, 10.0 / 40, 1.0);
    clock.add(10, 10.0 / 20, 1.0);
    CHECK(clock.place(RunAxis::epoch, 10) == doctest::Approx(0.25));
    CHECK(clock.place(RunAxis::epoch, 20) == doctest::Approx(0.75));
}

TEST_CASE("RunClock: a long run keeps its ends and few marks") {
    RunClock clock;
    for (int i = 0; i < 5000; ++i) {
        clock.add(3, 0.01, 0.5);
    }
    CHECK(clock.marks().size() <= RunClock::kMostMarks);
    CHECK(clock.last_step() == 15'000);
    CHECK(clock.seconds() == doctest::Approx(2500.0));
    CHECK(seconds_at(clock, 3000) == doctest::Approx(500.0));
}

TEST_CASE("RunClock: what came after a step is forgotten, and time goes on from there") {
    RunClock clock;
    clock.add(10, 0.25, 2.0);
    clock.add(10, 0.25, 6.0);
    clock.cut(15);
    CHECK(clock.last_step() == 15);
    CHECK(clock.seconds() == doctest::Approx(5.0));
    clock.add(5, 0.125, 1.0);
    CHECK(seconds_at(clock, 20) == doctest::Approx(6.0));
    clock.cut(0);
    CHECK(clock.marks().size() == 1);
    CHECK(clock.seconds() == 0.0);
}

TEST_CASE("RunClock: of steps that nobody timed the epoch is known, the time is not") {
    RunClock clock;
    clock.begin_at(100, 2.5);
    clock.add(20, 0.5, 4.0);
    CHECK(clock.untimed_steps() == 100);
    CHECK(std::isnan(seconds_at(clock, 99)));
    CHECK(seconds_at(clock, 100) == 0.0);
    CHECK(seconds_at(clock, 110) == doctest::Approx(2.0));
    CHECK(clock.place(RunAxis::epoch, 40) == doctest::Approx(1.0));
    clock.cut(50);
    CHECK(clock.untimed_steps() == 50);
    CHECK(clock.place(RunAxis::epoch, 50) == doctest::Approx(1.25));
}

TEST_CASE("RunClock: marks that are none are not taken over") {
    RunClock clock;
    clock.add(10, 0.25, 2.0);
    CHECK_FALSE(clock.restore({}));
    CHECK_FALSE(clock.restore({{.step = 5}, {.step = 5}}));
    CHECK_FALSE(clock.restore({{.step = 0, .seconds = 3.0}, {.step = 5, .seconds = 2.0}}));
    CHECK_FALSE(clock.restore({{.step = 5, .epoch = std::nan("")}}));
    CHECK(clock.last_step() == 10);
}

TEST_CASE("metrics: the seconds of the engine become those of the run, also after a crash") {
    AppState state = twenty_steps();
    CHECK(seconds_at(state.train.clock, 10) == doctest::Approx(2.0));
    CHECK(seconds_at(state.train.clock, 20) == doctest::Approx(8.0));
    train_to(state, 30, 10, 1.5);  // another engine, whose clock begins anew
    CHECK(seconds_at(state.train.clock, 30) == doctest::Approx(9.5));
    CHECK(state.train.clock.place(RunAxis::epoch, 30) == doctest::Approx(0.75));
}

TEST_CASE("metrics: a run that branches off takes along its time until there") {
    AppState state = twenty_steps();
    state.train.step = 10;  // scrubbed back
    train_to(state, 15, 5, 9.0);
    REQUIRE(state.train.kept_runs.size() == 1);
    CHECK(state.train.kept_runs[0].clock.seconds() == doctest::Approx(8.0));
    CHECK(seconds_at(state.train.clock, 10) == doctest::Approx(2.0));
    CHECK(seconds_at(state.train.clock, 15) == doctest::Approx(3.0));
}

TEST_CASE("kept runs: the next visit's time goes on from this one's") {
    AppState state = twenty_steps();
    const Json kept = Json::parse(runs_text(state.train));
    AppState next;
    next.train.steps_per_epoch = 40;
    REQUIRE(apply_event(next.train, R"({"event":"restored","step":20,"epoch":0})", {}));
    CHECK(next.train.clock.untimed_steps() == 20);
    restore_runs(next.train, kept);
    CHECK(next.train.clock.untimed_steps() == 0);
    CHECK(next.train.clock.seconds() == doctest::Approx(8.0));
    train_to(next, 30, 10, 0.5);
    CHECK(seconds_at(next.train.clock, 30) == doctest::Approx(8.5));

    Json untimed = kept;  // of an earlier version of the page
    untimed.erase("clock");
    AppState other;
    other.train.steps_per_epoch = 40;
    REQUIRE(apply_event(other.train, R"({"event":"restored","step":20,"epoch":0})", {}));
    restore_runs(other.train, untimed);
    CHECK(std::isnan(seconds_at(other.train.clock, 10)));
    CHECK(curve_points(other.train.loss, other.train.clock, {.axis = RunAxis::time}).empty());
    CHECK(curve_points(other.train.loss, other.train.clock, {.axis = RunAxis::epoch}).size() == 10);
}

TEST_CASE("curves: over each axis the same points, and smoothing leaves the band") {
    const AppState state = twenty_steps();
    const auto steps = curve_points(state.train.loss, state.train.clock, {.smoothing = 0.0});
    const auto smooth = curve_points(state.train.loss, state.train.clock, {.smoothing = 0.9});
    REQUIRE(steps.size() == 10);
    REQUIRE(smooth.size() == steps.size());
    CHECK(steps[0].line == doctest::Approx(1.5));             // of losses 1 and 2
    CHECK(smooth[0].line == doctest::Approx(steps[0].line));  // no bias towards zero
    // 0.9 · 0.1 · 1.5 + 0.1 · 3.5, over 1 − 0.9²
    CHECK(smooth[1].line == doctest::Approx((0.09 * 1.5 + 0.1 * 3.5) / 0.19));
    for (const RunAxis axis : {RunAxis::epoch, RunAxis::time}) {
        const auto points =
            curve_points(state.train.loss, state.train.clock, {.axis = axis, .smoothing = 0.9});
        for (std::size_t i = 0; i < points.size(); ++i) {
            CHECK(points[i].x == doctest::Approx(state.train.clock.place(axis, steps[i].x)));
            CHECK(points[i].line == smooth[i].line);
            CHECK(points[i].least == steps[i].least);
            CHECK(points[i].greatest == steps[i].greatest);
        }
    }
}

TEST_CASE("curves: runs that are compared share an axis that reaches the longest of them") {
    AppState state = twenty_steps();
    state.train.settings.epochs = 1;
    CHECK(axis_end(state.train, RunAxis::step) == 100);  // a chart begins with as many
    CHECK(axis_end(state.train, RunAxis::epoch) == 1);
    CHECK(axis_end(state.train, RunAxis::time) == 10);  // 8 s, rounded up
    KeptRun longer;
    longer.loss.append(std::vector<float>(400, 1.0F));
    longer.clock.add(400, 20.0, 42.0);
    state.train.kept_runs.push_back(longer);
    CHECK(axis_end(state.train, RunAxis::step) == 400);
    CHECK(axis_end(state.train, RunAxis::epoch) == 20);
    CHECK(axis_end(state.train, RunAxis::time) == 50);
    state.train.kept_runs[0].shown = false;
    CHECK(axis_end(state.train, RunAxis::time) == 10);
}

TEST_CASE("link: axis and smoothing go along, and are left out where they are as usual") {
    AppState state;
    state.room = Room::train;
    CHECK(link_of(state).find("smoothing=0") == std::string::npos);
    CHECK(dispatch(state, commands::show_over(RunAxis::time)).error.empty());
    CHECK(dispatch(state, commands::smooth_curves(0.9)).error.empty());
    CHECK_FALSE(dispatch(state, R"({"command":"show_over","axis":"weeks"})").error.empty());
    CHECK_FALSE(dispatch(state, R"({"command":"smooth_curves","smoothing":1})").error.empty());
    CHECK_FALSE(dispatch(state, R"({"command":"smooth_curves"})").error.empty());
    AppState other;
    CHECK(apply_link(other, link_of(state)).notice().empty());
    CHECK(other.view.curves.axis == RunAxis::time);
    CHECK(other.view.curves.smoothing == 0.9);
    CHECK(apply_link(other, "room=train").notice().empty());
    CHECK(other.view.curves.axis == RunAxis::step);
    CHECK(other.view.curves.smoothing == CurveView{}.smoothing);
    CHECK(apply_link(other, "room=train&over=weeks&smoothing=1").passed_over.size() == 2);
}

TEST_CASE("metrics_csv: epochs and seconds at each step's end; of steps that nobody timed none") {
    AppState state = twenty_steps();
    const std::string csv = metrics_csv(state.train);
    CHECK(csv.find("\r\n10,0.25,2,10,10,,,,\r\n11,0.275,2.6,11,") != std::string::npos);
    state.train.clock.begin_at(20, 0.5);
    CHECK(metrics_csv(state.train).find("\r\n10,0.25,,10,") != std::string::npos);
}
