#pragma once

#include "web/rooms/train/train_context.h"

namespace convoscope::rooms::train {

/// The classes of the reader's own set, one card each: name, share, pictures. Returns the height.
float draw_own_classes(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::train
