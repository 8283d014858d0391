#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The training images that the network takes for most alike. Returns the height it took.
float draw_nearest_images(Context& context, widgets::Rect where);

/// What the opened neuron's filter looks for: the images that most excite it, and the picture that
/// it wants. Returns the height it took.
float draw_filter_wishes(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
