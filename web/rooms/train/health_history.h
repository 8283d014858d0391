#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

inline constexpr float kHealthHistoryHeight = 216;

/// One layer's health over the run: the size of its outputs, that of its gradient, and how the
/// outputs are spread. Expects: a height of `kHealthHistoryHeight`.
void draw_health_history(Context& context, const models::LayerHealth& layer, widgets::Rect where);

}  // namespace convoscope::rooms::train
