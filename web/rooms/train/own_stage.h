#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// Where the reader makes a data set, in place of the curves: what there is to do on top, the
/// classes below. Returns its height.
float draw_own_stage(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
