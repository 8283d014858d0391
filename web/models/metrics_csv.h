#pragma once

#include <string>

#include "web/models/train_model.h"

namespace convoscope::models {

/// One line a training step: step, epochs and seconds of training until its end, loss, accuracy,
/// and the held-out figures where that step has them. RFC 4180; a figure that does not exist is an
/// empty field, one that is not finite "nan".
[[nodiscard]] std::string metrics_csv(const TrainModel& model);

/// Rows are true classes, columns what the network read; empty before the first pass.
[[nodiscard]] std::string confusion_csv(const TrainModel& model);

}  // namespace convoscope::models
