#pragma once

#include <nlohmann/json.hpp>

#include "engine/core/index.h"
#include "engine/core/initializer.h"
#include "engine/losses/loss.h"
#include "engine/optimizers/gradient_clipping.h"
#include "engine/optimizers/schedule.h"
#include "engine/session/command_reader.h"
#include "engine/training/early_stopping.h"

namespace convoscope {

/// More steps than anyone trains.
inline constexpr Index kMostSteps = Index{1} << 30;

/// What `configure` and `set` say about training besides the optimiser. Private to `session/`.
struct TrainingOptions {
    ScheduleSettings schedule;
    Index total_steps = 0;  ///< length of the schedule; 0: that of the epochs
    ClippingSettings clipping;
    LossSettings loss;
    InitializerSettings initializer;  ///< from the next reset on
    EarlyStoppingSettings early_stopping;
    bool test_each_epoch = true;  ///< else the test images are read when asked for
};

/// The fields of a command on top of `options`; what is wrong is left with the reader.
[[nodiscard]] TrainingOptions read_training_options(CommandReader& reader,
                                                    const TrainingOptions& options);

/// The same fields as an object, all of them.
[[nodiscard]] nlohmann::json training_options_json(const TrainingOptions& options);

}  // namespace convoscope
