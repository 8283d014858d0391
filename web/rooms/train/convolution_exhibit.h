#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// "The same convolution, many ways": measured in the page, and shown to agree. Returns the height
/// it took.
float draw_convolution_exhibit(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
