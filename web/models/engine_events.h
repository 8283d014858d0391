#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "web/models/train_model.h"

namespace convoscope::models {

/// Puts an event of docs/protocol.md into the model. Events and members that it does not know are
/// passed over. Returns false when the text is not such a message.
bool apply_event(TrainModel& model, std::string_view json, std::span<const std::byte> payload);

}  // namespace convoscope::models
