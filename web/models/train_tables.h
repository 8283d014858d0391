#pragma once

#include <vector>

#include "web/models/run_curves.h"
#include "web/models/table.h"
#include "web/models/train_model.h"

namespace convoscope::models {

/// The longest table of a curve: as many stretches of steps as can be listened to.
inline constexpr std::size_t kMostCurveRows = 30;

/// Loss and accuracy over the axis that the reader has chosen, confusion and the layers' health, as
/// far as there are any.
[[nodiscard]] std::vector<Table> train_tables(const TrainModel& model, const CurveView& view = {});

}  // namespace convoscope::models
