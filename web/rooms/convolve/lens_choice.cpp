#include "web/rooms/convolve/lens_choice.h"

#include <array>

#include "web/widgets/segmented.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

void draw_lens_choice(Context& context, Rect where) {
    const std::array<Segment, 4> segments{
        {{"window", "Window"}, {"matrix", "Matrix"}, {"im2col", "im2col"}, {"volumes", "3-D"}}};
    if (const auto chosen = segmented(context.ui,
                                      "convolve.lens",
                                      segments,
                                      static_cast<int>(context.room().lens()),
                                      where)) {
        context.commands.push(model::commands::with(
            "convolve_lens", "lens", model::name_of(static_cast<model::Lens>(*chosen))));
    }
}

}  // namespace convoscope::rooms::convolve
