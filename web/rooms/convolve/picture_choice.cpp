#include "web/rooms/convolve/picture_choice.h"

namespace convoscope::rooms::convolve {

using namespace widgets;

bool draw_picture_choice(Context& context,
                         const PictureChoice& choice,
                         Rect tile,
                         const std::function<void(Rect)>& draw) {
    const Rect whole{tile.x - 3, tile.y - 3, tile.w + 6, kLabelledTile};
    const Interaction act = interact(
        context.ui,
        {.id = choice.id, .label = choice.label, .role = Role::kRadio, .selected = choice.chosen},
        whole,
        plain(context, choice.why));
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    draw(tile);
    if (choice.chosen || act.hovered) {
        canvas.outline(tile.inset(-3),
                       choice.chosen ? theme.t1 : theme.line3,
                       radius::kSegment - 1,
                       stroke::kSelect);
    }
    canvas.text({tile.center_x(), tile.bottom() + 13},
                choice.label,
                FontStyle::kMicro,
                choice.chosen ? theme.t1 : theme.t3,
                Align::kCenter);
    if (act.focused) {
        canvas.focus_ring(whole, radius::kSegment);
    }
    return act.clicked;
}

}  // namespace convoscope::rooms::convolve
