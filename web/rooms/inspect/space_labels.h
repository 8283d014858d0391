#pragma once

#include <string>

#include "web/rooms/inspect/space_scene.h"

namespace convoscope::rooms::inspect {

/// "input", or the name of the stage's base layer.
[[nodiscard]] std::string space_name(const Context& context, Index stage);

/// Names and shapes above the slabs. Where one would lie on another it stands higher, or is left
/// out; that of the slab `first` comes before all others. Says which slabs show only some maps.
void draw_space_labels(Context& context,
                       const SpaceScene& scene,
                       const widgets::Turntable& table,
                       widgets::Rect area,
                       Index first);

}  // namespace convoscope::rooms::inspect
