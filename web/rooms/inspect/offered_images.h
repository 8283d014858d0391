#pragma once

#include "web/rooms/inspect/inspect_context.h"

namespace convoscope::rooms::inspect {

/// The reader's own picture: from a file, or from the camera. Returns the height that it takes.
float draw_own_sources(Context& context, widgets::Rect where);

/// Test images to choose from: the first ones, those of a class, or those that are misread. Returns
/// the height that they take.
float draw_offered(Context& context, widgets::Rect where);

}  // namespace convoscope::rooms::inspect
