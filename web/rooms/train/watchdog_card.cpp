#include "web/rooms/train/watchdog_card.h"

#include <optional>
#include <string>

#include "web/models/going_back.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kLine = 20;
constexpr float kButtonWidth = 96;
constexpr float kNarrow = 480;

/// What was done. The step that could not be made is not applied, but those before it may have
/// done their damage: what is safe is what was kept before them.
std::string title_of(const std::optional<models::Remedy>& remedy) {
    return remedy ? "Training has stopped; the weights of step " +
                        integer_text(remedy->moment.step) + " are kept"
                  : "Training has stopped: the next step cannot be made";
}

/// What most likely did it, and what undo brings back.
std::string advice(const models::TrainModel& model, const models::Remedy& remedy) {
    const double rate = model.settings.optimizer.learning_rate;
    const double usual = remedy.settings.optimizer.learning_rate;
    std::string text =
        "Most often the learning rate is too high; it is " + significant_text(rate, 3) +
        ", and steps before this one may have gone too far already. Undo brings back the "
        "kept weights of step " +
        integer_text(remedy.moment.step) + " exactly";
    if (usual != rate) {
        text += ", and a rate of " + significant_text(usual, 3);
    }
    return text + ".";
}

/// What the card says, and where: beside the button, or above it on a narrow page.
struct Layout {
    std::optional<models::Remedy> remedy;
    std::string title;
    std::string advice;
    float text_width = 0;
    float text_height = 0;
    bool button_below = false;
};

Layout layout_of(Context& context, float width) {
    const models::TrainModel& model = context.model();
    const Canvas canvas = context.ui.canvas();
    Layout layout;
    layout.remedy = models::remedy_of(model);
    layout.title = title_of(layout.remedy);
    layout.advice = layout.remedy ? advice(model, *layout.remedy) : "Reset begins the run again.";
    layout.button_below = width < kNarrow;
    layout.text_width = width - 2 * space::kCardPadding - space::k24;
    if (layout.remedy && !layout.button_below) {
        layout.text_width -= kButtonWidth + space::k16;
    }
    std::size_t lines = 0;
    for (const std::string& words : {model.status_reason, layout.advice}) {
        lines += canvas.lines_of(words, FontStyle::kSmall, layout.text_width).size();
    }
    layout.text_height = space::k32 + kLine * static_cast<float>(lines);
    return layout;
}

void draw_undo(Context& context, const std::string& explanation, Rect where) {
    const ButtonSpec spec{.id = "train.undo_damage",
                          .label = "Undo",
                          .icon = Icon::kUndo,
                          .kind = ButtonKind::kPrimary,
                          .explanation = {{explanation, FontStyle::kBody, context.theme().t2}}};
    if (button(context.ui, spec, where)) {
        context.commands.push(models::commands::plain("undo_damage"));
    }
}

}  // namespace

float watchdog_card_height(Context& context, float width) {
    if (context.model().status != models::RunStatus::diverged) {
        return 0;
    }
    const Layout layout = layout_of(context, width);
    const bool below = layout.remedy && layout.button_below;
    return layout.text_height + 2 * space::kCardPadding - space::k8 +
           (below ? space::kButtonPrimary + space::k8 : 0);
}

void draw_watchdog_card(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    const Layout layout = layout_of(context, where.w);
    Canvas canvas = context.ui.canvas();
    canvas.box(where,
               tint(theme.err, theme.chip_tint, theme.bg1),
               tint(theme.err, 0.42F, theme.bg1),
               radius::kCard);
    Rect body = where.inset(space::kCardPadding);
    if (layout.remedy && layout.button_below) {
        draw_undo(context, layout.advice, body.take_bottom(space::kButtonPrimary));
    } else if (layout.remedy) {
        const Rect side = body.take_right(kButtonWidth, space::k16);
        draw_undo(
            context,
            layout.advice,
            {side.x, side.center_y() - space::kButtonPrimary / 2, side.w, space::kButtonPrimary});
    }
    canvas.icon(Icon::kError, {body.x + space::k8, body.y + space::k8}, space::k16, theme.err);
    const float x = body.x + space::k24;
    canvas.clipped_text(
        {x, body.y + space::k8}, layout.text_width, layout.title, FontStyle::kStrong, theme.t1);
    float y = body.y + space::k32;
    for (const std::string& words : {model.status_reason, layout.advice}) {
        y += kLine * static_cast<float>(canvas.paragraph(
                         {x, y}, layout.text_width, words, FontStyle::kSmall, theme.t2, kLine));
    }
    register_passive(context.ui,
                     {.id = "train.watchdog",
                      .label = layout.title,
                      .role = Role::kStatus,
                      .value = model.status_reason + " " + layout.advice},
                     where);
}

}  // namespace convoscope::rooms::train
