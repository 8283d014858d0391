#include "web/rooms/convolve/scene_switch.h"

#include <array>

#include "web/widgets/segmented.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

void draw_scene_switch(Context& context, Rect rect) {
    const std::array<Segment, 2> segments{
        {{"cells", "Numbers", Icon::kMatrix}, {"picture", "Pictures", Icon::kImage}}};
    if (const auto chosen = segmented(context.ui,
                                      "convolve.scene",
                                      segments,
                                      static_cast<int>(context.state.convolve.scene),
                                      rect)) {
        context.commands.push(model::commands::with(
            "convolve_scene", "scene", model::name_of(static_cast<model::Scene>(*chosen))));
    }
}

}  // namespace convoscope::rooms::convolve
