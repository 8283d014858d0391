#include "web/rooms/train/train_context.h"

#include "web/widgets/panel.h"

namespace convoscope::rooms::train {

using namespace widgets;

void explain(Context& context,
             const char* id,
             const std::string& label,
             const std::string& value,
             Rect rect,
             const std::string& sentence) {
    const Item item{.id = id, .label = label, .role = Role::kText, .value = value};
    const Runs explanation{{sentence, FontStyle::kBody, context.theme().t2}};
    const Interaction interaction = interact(context.ui, item, rect, explanation);
    const Theme& theme = context.theme();
    tip_for(context.ui,
            interaction,
            {.title = {{label, FontStyle::kSmallS, theme.t2}},
             .value = {value, FontStyle::kM15, theme.t1},
             .sentence = sentence});
}

void ghost(Context& context, Rect rect, const std::string& sentence) {
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    canvas.dashed_outline(rect, theme.line2);
    const float line_height = space::k20;
    const float width = rect.w - 2 * space::k16;
    const bool one_line = canvas.width(sentence, FontStyle::kSmall) <= width;
    canvas.paragraph({rect.x + space::k16, rect.center_y() - (one_line ? 0.0F : line_height / 2)},
                     width,
                     sentence,
                     FontStyle::kSmall,
                     theme.t3,
                     line_height);
}

Rect titled_card(Context& context,
                 Rect rect,
                 const std::string& title,
                 const std::string& caption) {
    card(context.ui, rect, context.theme().bg1);
    Rect body = rect.inset(space::kCardPadding);
    Canvas canvas = context.ui.canvas();
    const Rect head = body.take_top(space::k12, space::k12);
    canvas.text({head.x, head.center_y()}, title, FontStyle::kSmallS, context.theme().t1);
    canvas.text({head.right(), head.center_y()},
                caption,
                FontStyle::kMicro,
                context.theme().t3,
                Align::kRight);
    return body;
}

}  // namespace convoscope::rooms::train
