#include "web/widgets/segmented.h"

#include <algorithm>

namespace convoscope::widgets {
namespace {

constexpr float kInset = 3;
constexpr float kIcon = 16;

void draw_segment(Canvas& canvas, const Segment& segment, Rect rect, bool selected, bool hovered) {
    const Theme& theme = canvas.theme();
    const FontStyle style = selected ? FontStyle::kMed : FontStyle::kBody;
    const Color ink = selected ? theme.t1 : hovered ? theme.t2 : theme.t3;
    const bool with_icon = segment.icon != Icon::kNone;
    const float label = canvas.width(segment.label, style);
    const float gap = with_icon && label > 0 ? 6.0F : 0.0F;
    float x = rect.center_x() - (label + gap + (with_icon ? kIcon : 0)) / 2;
    if (with_icon) {
        canvas.icon(segment.icon, {x + kIcon / 2, rect.center_y()}, kIcon, ink, 1.4F);
        x += kIcon + gap;
    }
    canvas.text({x, rect.center_y()}, segment.label, style, ink);
}

}  // namespace

std::optional<int> segmented(
    Ui& ui, const char* id, std::span<const Segment> segments, int selected, Rect rect) {
    const Theme& theme = *ui.theme;
    Canvas canvas = ui.canvas();
    canvas.box(rect, theme.bg0, theme.line2, radius::kSegment);
    const auto count = static_cast<int>(segments.size());
    const float width = (rect.w - 2 * kInset) / static_cast<float>(std::max(1, count));
    const auto place = [&](float index) {
        return Rect{rect.x + kInset + index * width, rect.y + kInset, width, rect.h - 2 * kInset};
    };
    if (selected >= 0 && selected < count) {
        const Rect slid = place(
            ui.animations.toward(id, static_cast<float>(selected), motion::kToggle, motion::move));
        canvas.box(slid, theme.bg4, theme.selected_line, radius::kControl);
    }
    std::optional<int> chosen;
    for (int i = 0; i < count; ++i) {
        const Segment& segment = segments[static_cast<std::size_t>(i)];
        const Rect part = place(static_cast<float>(i));
        const Interaction act = interact(ui,
                                         {.id = std::string(id) + "." + segment.id,
                                          .label = segment.label,
                                          .role = Role::kRadio,
                                          .selected = i == selected},
                                         part);
        draw_segment(canvas, segment, part, i == selected, act.hovered);
        if (act.focused) {
            canvas.focus_ring(part, radius::kControl);
        }
        if (act.clicked && i != selected) {
            chosen = i;
        }
    }
    return chosen;
}

}  // namespace convoscope::widgets
