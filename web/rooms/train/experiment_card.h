#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The experiment that was begun, above the curves: what is done, how far it is, what came out
/// beside what the source reports, and what it means.
void draw_experiment_card(Context& context, widgets::Rect where);

/// 0 when none is open.
[[nodiscard]] float experiment_card_height(Context& context, float width);

}  // namespace convoscope::rooms::train
