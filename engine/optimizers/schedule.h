#pragma once

#include <optional>
#include <string_view>

#include "engine/core/index.h"

namespace convoscope {

enum class ScheduleType { constant, step, cosine, one_cycle };

/// "constant", "step", "cosine", "one_cycle".
[[nodiscard]] std::string_view schedule_name(ScheduleType type);
/// None when there is no such schedule.
[[nodiscard]] std::optional<ScheduleType> find_schedule(std::string_view name);

/// How the learning rate goes over a training; names and defaults are those of
/// `torch.optim.lr_scheduler`.
struct ScheduleSettings {
    ScheduleType type = ScheduleType::constant;
    Index step_size = 0;            ///< step: epochs; 0: a third of the training, at least one
    double gamma = 0.1;             ///< step: factor after each step_size
    double eta_min = 0.0;           ///< cosine: the rate at the end
    double pct_start = 0.3;         ///< one_cycle: share of the training that warms up
    double div_factor = 25.0;       ///< one_cycle: the first rate is base rate / div_factor
    double final_div_factor = 1e4;  ///< one_cycle: the last is the first / final_div_factor

    bool operator==(const ScheduleSettings&) const = default;
};

/// How long a training is.
struct ScheduleSpan {
    Index total_steps = 0;  ///< 0: without end
    Index steps_per_epoch = 1;

    bool operator==(const ScheduleSpan&) const = default;
};

/// False when the schedule wants an end and there is none.
[[nodiscard]] bool schedule_fits(const ScheduleSettings& schedule, const ScheduleSpan& span);

/// The learning rate of step `step`, counted from 0: a function of its arguments alone, so that the
/// base rate may change at any time. Beyond the end it stays what it was at the end.
///
/// Source: `StepLR`, stepped every epoch; `CosineAnnealingLR` with T_max = total_steps, stepped
/// every batch; `OneCycleLR` with max_lr = base rate, cosine annealing and two phases, stepped
/// every batch. OneCycleLR's other half, the momentum that goes against the rate, is left out: the
/// momentum stays (`cycle_momentum=False`).
/// Expects: schedule_fits(schedule, span).
[[nodiscard]] double scheduled_rate(const ScheduleSettings& schedule,
                                    const ScheduleSpan& span,
                                    double base_rate,
                                    Index step);

}  // namespace convoscope
