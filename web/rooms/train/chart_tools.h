#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// One row, or two where the width does not hold both tools.
[[nodiscard]] float chart_tools_height(float width);

/// What the curves are drawn over, and how much they are smoothed.
void draw_chart_tools(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
