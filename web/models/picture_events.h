#pragma once

#include <cstddef>
#include <span>

#include "web/models/json.h"
#include "web/models/train_model.h"

namespace convoscope::models {

// The engine's events that bring pictures (docs/protocol.md). Those whose payload does not fit what
// they say are passed over. Only the sources of this folder include this.

void take_images(TrainModel& model, const Json& event, std::span<const std::byte> payload);
void take_mistakes(TrainModel& model, const Json& event, std::span<const std::byte> payload);
void take_augmented(TrainModel& model, const Json& event, std::span<const std::byte> payload);

/// `preprocessed`: a training picture as the network reads it.
void take_preprocessed(TrainModel& model, const Json& event, std::span<const std::byte> payload);

}  // namespace convoscope::models
