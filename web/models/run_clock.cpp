#include "web/models/run_clock.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "web/models/name_table.h"

namespace convoscope::models {
namespace {

using Mark = RunClock::Mark;

constexpr NameTable<3> kAxes{"step", "epoch", "time"};
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double value_of(const Mark& mark, RunAxis axis) {
    if (axis == RunAxis::step) {
        return static_cast<double>(mark.step);
    }
    return axis == RunAxis::epoch ? mark.epoch : mark.seconds;
}

/// On the straight line through two marks.
double between(const Mark& a, const Mark& b, RunAxis from, RunAxis to, double value) {
    const double length = value_of(b, from) - value_of(a, from);
    const double rise = value_of(b, to) - value_of(a, to);
    return length > 0.0 ? value_of(a, to) + rise * (value - value_of(a, from)) / length : kUnknown;
}

/// Carries a value from one axis to another.
double carried(const std::vector<Mark>& marks, RunAxis from, RunAxis to, double value) {
    if (from == to) {
        return value;
    }
    const auto next = std::ranges::lower_bound(
        marks, value, {}, [from](const Mark& mark) { return value_of(mark, from); });
    if (next == marks.begin()) {
        if (value == value_of(*next, from)) {
            return value_of(*next, to);
        }
        // Before the first mark: nothing but the number of images is known.
        const bool timed = from == RunAxis::time || to == RunAxis::time;
        return timed ? kUnknown : between({}, *next, from, to, value);
    }
    if (next == marks.end()) {
        const bool timed = from == RunAxis::time || to == RunAxis::time;
        return between(timed ? marks.front() : Mark{}, marks.back(), from, to, value);
    }
    return between(*std::prev(next), *next, from, to, value);
}

bool in_order(const Mark& a, const Mark& b) {
    return a.step < b.step && a.epoch <= b.epoch && a.seconds <= b.seconds;
}

}  // namespace

const char* name_of(RunAxis axis) {
    return name_in(kAxes, axis);
}
bool read_name(std::string_view name, RunAxis& axis) {
    return read_name_in(kAxes, name, axis);
}

void RunClock::begin_at(std::int64_t step, double epoch) {
    marks_ = {{.step = step, .epoch = epoch, .seconds = 0.0}};
}

void RunClock::add(std::int64_t steps, double epochs, double seconds) {
    if (steps <= 0) {
        return;
    }
    if (marks_.size() == kMostMarks) {
        std::vector<Mark> fewer;
        for (std::size_t i = 0; i < marks_.size(); ++i) {
            if (i == 0 || (marks_.size() - i) % 2 == 1) {  // the first and the last stay
                fewer.push_back(marks_[i]);
            }
        }
        marks_ = std::move(fewer);
    }
    const Mark& last = marks_.back();
    marks_.push_back({.step = last.step + steps,
                      .epoch = last.epoch + epochs,
                      .seconds = last.seconds + std::max(0.0, seconds)});
}

void RunClock::cut(std::int64_t step) {
    if (step >= last_step()) {
        return;
    }
    const auto at = static_cast<double>(step);
    const Mark end{
        .step = step, .epoch = place(RunAxis::epoch, at), .seconds = place(RunAxis::time, at)};
    if (!(end.seconds >= 0.0)) {
        begin_at(step, end.epoch);
        return;
    }
    std::erase_if(marks_, [step](const Mark& mark) { return mark.step >= step; });
    marks_.push_back(end);
}

double RunClock::place(RunAxis axis, double step) const {
    return carried(marks_, RunAxis::step, axis, step);
}

double RunClock::step_at(RunAxis axis, double place) const {
    return carried(marks_, axis, RunAxis::step, place);
}

bool RunClock::restore(std::vector<Mark> marks) {
    const auto wrong = [](const Mark& mark) {
        return mark.step < 0 || !std::isfinite(mark.epoch) || !std::isfinite(mark.seconds);
    };
    if (marks.empty() || marks.size() > kMostMarks || std::ranges::any_of(marks, wrong) ||
        std::ranges::adjacent_find(
            marks, [](const Mark& a, const Mark& b) { return !in_order(a, b); }) != marks.end()) {
        return false;
    }
    marks_ = std::move(marks);
    return true;
}

}  // namespace convoscope::models
