#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// How fast the engine is, and which build of it runs. Returns the height it took.
float draw_engine_card(Context& context, widgets::Rect where);

/// "8 threads · SIMD", for the top bar.
[[nodiscard]] std::string engine_text(const models::TrainModel& model);

}  // namespace convoscope::rooms::train
