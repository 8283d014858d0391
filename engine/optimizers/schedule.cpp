#include "engine/optimizers/schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/core/check.h"

namespace convoscope {
namespace {

struct Entry {
    ScheduleType type;
    std::string_view name;
};

constexpr std::array<Entry, 4> kSchedules = {{{ScheduleType::constant, "constant"},
                                              {ScheduleType::step, "step"},
                                              {ScheduleType::cosine, "cosine"},
                                              {ScheduleType::one_cycle, "one_cycle"}}};

/// Half a cosine from `from` (share 0) to `to` (share 1).
double cosine_between(double from, double to, double share) {
    return to + (from - to) / 2.0 * (1.0 + std::cos(std::numbers::pi * share));
}

double step_rate(const ScheduleSettings& schedule,
                 const ScheduleSpan& span,
                 double base_rate,
                 Index step) {
    const Index epochs = (span.total_steps + span.steps_per_epoch - 1) / span.steps_per_epoch;
    const Index third = std::max<Index>(1, (epochs + 2) / 3);
    const Index step_size = schedule.step_size > 0 ? schedule.step_size : third;
    const Index falls = step / span.steps_per_epoch / step_size;
    return base_rate * std::pow(schedule.gamma, static_cast<double>(falls));
}

double one_cycle_rate(const ScheduleSettings& schedule,
                      const ScheduleSpan& span,
                      double base_rate,
                      Index step) {
    const double first = base_rate / schedule.div_factor;
    const double last = first / schedule.final_div_factor;
    const double top = schedule.pct_start * static_cast<double>(span.total_steps) - 1.0;
    const double end = static_cast<double>(span.total_steps) - 1.0;
    const auto now = static_cast<double>(step);
    if (now <= top) {
        return top > 0.0 ? cosine_between(first, base_rate, now / top) : base_rate;
    }
    return end > top ? cosine_between(base_rate, last, (now - top) / (end - top)) : last;
}

}  // namespace

std::string_view schedule_name(ScheduleType type) {
    return kSchedules[static_cast<std::size_t>(type)].name;
}

std::optional<ScheduleType> find_schedule(std::string_view name) {
    const auto* found = std::ranges::find(kSchedules, name, &Entry::name);
    return found == kSchedules.end() ? std::nullopt : std::optional(found->type);
}

bool schedule_fits(const ScheduleSettings& schedule, const ScheduleSpan& span) {
    switch (schedule.type) {
        case ScheduleType::constant:
            return true;
        case ScheduleType::step:
            return schedule.step_size > 0 || span.total_steps > 0;
        case ScheduleType::cosine:
        case ScheduleType::one_cycle:
            return span.total_steps > 0;
    }
    return false;
}

double scheduled_rate(const ScheduleSettings& schedule,
                      const ScheduleSpan& span,
                      double base_rate,
                      Index step) {
    CONVOSCOPE_CHECK(schedule_fits(schedule, span) && step >= 0 && span.steps_per_epoch > 0);
    switch (schedule.type) {
        case ScheduleType::constant:
            return base_rate;
        case ScheduleType::step:
            return step_rate(schedule, span, base_rate, step);
        case ScheduleType::cosine: {
            const Index now = std::min(step, span.total_steps);
            return cosine_between(base_rate,
                                  schedule.eta_min,
                                  static_cast<double>(now) / static_cast<double>(span.total_steps));
        }
        case ScheduleType::one_cycle:
            return one_cycle_rate(schedule, span, base_rate, std::min(step, span.total_steps - 1));
    }
    return base_rate;
}

}  // namespace convoscope
