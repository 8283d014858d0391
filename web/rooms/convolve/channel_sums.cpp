#include "web/rooms/convolve/channel_sums.h"

#include <algorithm>

namespace convoscope::rooms::convolve {

using namespace widgets;

namespace {

constexpr float kCard = 54;
constexpr float kPlus = 12;
constexpr float kBefore = 22;

void draw_sum(Context& context, Index plane, double sum, bool whole, Rect rect) {
    const model::Model& room = context.room();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const bool back = room.backward();
    const bool front = plane == (back ? room.filter() : room.channel());
    const std::string text = whole ? value_text(sum) : "…";
    const std::string name = (back ? "Filter " : "Channel ") + std::to_string(plane);
    const std::string id = "convolve.sum." + std::to_string(plane);
    const Interaction act =
        interact(context.ui,
                 {.id = id, .label = name, .role = Role::kRadio, .value = text, .selected = front},
                 rect,
                 plain(context,
                       name + " adds " + text +
                           (back ? " to this gradient: the errors of its outputs, each times the "
                                   "weight between them."
                                 : " to this output: the sum of its window times the weights that "
                                   "the filter has for it.")));
    canvas.box(rect, theme.bg2, theme.line2, radius::kControl);
    canvas.fill({rect.x + 8, rect.y, rect.w - 16, 3},
                back ? theme.kernel_fill : theme.input_fill,
                stroke::kSelect);
    canvas.text({rect.center_x(), rect.y + (rect.h > 44 ? 17.0F : 13.0F)},
                (back ? "n " : "c ") + std::to_string(plane),
                FontStyle::kMicro,
                back ? theme.kernel : theme.input,
                Align::kCenter);
    canvas.text({rect.center_x(), rect.bottom() - (rect.h > 44 ? 14.0F : 11.0F)},
                text,
                fitting_style(context.ui, text, rect.w - 6, FontStyle::kM13),
                theme.t1,
                Align::kCenter);
    if (front || act.hovered) {
        canvas.outline(
            rect.inset(-1), front ? theme.t1 : theme.line3, radius::kControl + 1, stroke::kSelect);
    }
    if (act.focused) {
        canvas.focus_ring(rect, radius::kControl);
    }
    if (act.clicked) {
        context.commands.push(model::commands::with(
            "convolve_select", back ? "filter" : "channel", static_cast<double>(plane)));
    }
}

}  // namespace

float channel_sums_width(const Context& context, float most) {
    const auto parts = static_cast<float>(context.room().parts());
    return parts <= 1 ? 0 : std::min(most, kBefore + parts * (kCard + kPlus) - kPlus);
}

void draw_channel_sums(Context& context, Rect rect) {
    const model::Model& room = context.room();
    const Index parts = room.parts();
    if (parts <= 1) {
        return;
    }
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    canvas.text(
        {rect.x + kBefore / 2, rect.center_y()}, "Σ", FontStyle::kBody, theme.t3, Align::kCenter);
    rect.take_left(kBefore);
    const std::vector<double> sums = room.part_sums();
    const Index all = std::ssize(room.terms());
    const Index shown = room.terms_shown();
    const auto count = static_cast<float>(parts);
    const float width = std::min(kCard, (rect.w - (count - 1) * kPlus) / count);
    for (Index part = 0; part < parts; ++part) {
        draw_sum(context,
                 room.first_part() + part,
                 sums[at(part)],
                 shown >= (part + 1) * (all / parts),
                 rect.take_left(width));
        const Rect gap = rect.take_left(kPlus);
        if (part + 1 < parts) {
            canvas.text(gap.center(), "+", FontStyle::kM11, theme.t3, Align::kCenter);
        }
    }
}

}  // namespace convoscope::rooms::convolve
