#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// How long the run goes on, and, folded away, what is rarely turned: clipping, smoothing, how the
/// weights begin, the optimiser's further numbers, threads, seed. Returns its height.
float draw_course_panel(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
