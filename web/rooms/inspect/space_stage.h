#pragma once

#include "web/rooms/inspect/inspect_context.h"
#include "web/rooms/inspect/space_scene.h"

namespace convoscope::rooms::inspect {

/// The layers in space, to be turned and zoomed: what the neuron under the pointer, or the opened
/// one, reads and where its number goes is lit; a click opens it.
void draw_space_stage(Context& context,
                      const SpaceScene& scene,
                      render::BoxPainter& boxes,
                      widgets::Rect area);

}  // namespace convoscope::rooms::inspect
