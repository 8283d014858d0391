#include "web/rooms/train/experiments_list.h"

#include <algorithm>
#include <span>
#include <string>

#include "web/models/experiments.h"
#include "web/rooms/train/flow.h"
#include "web/widgets/button.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRoomForTwo = 600;
constexpr float kTitle = 24;
constexpr float kRun = 72;

void draw_title(Context& context, Rect row) {
    const std::string title = "Experiments";
    context.ui.canvas().text({row.x, row.center_y()}, title, FontStyle::kLeadS, context.theme().t1);
    register_passive(
        context.ui, {.id = "experiments.title", .label = title, .role = Role::kText}, row);
    if (icon_button(
            context.ui,
            {.id = "experiments.close", .label = "Back to the curves", .icon = Icon::kClose},
            row.take_right(space::kButton))) {
        context.commands.push(models::commands::show_experiments(false));
    }
}

float height_of(Context& context, const models::Experiment& experiment, float width) {
    return kTitle +
           paragraph_height(
               context, experiment.sentence, FontStyle::kSmall, width - 2 * space::kCardPadding) +
           space::k8 + space::kButton + 2 * space::kCardPadding;
}

void draw_experiment(Context& context, const models::Experiment& experiment, Rect where) {
    const Theme& theme = context.theme();
    const bool open = context.model().experiment.id == experiment.id;
    card(context.ui, where, theme.bg1);
    Rect body = where.inset(space::kCardPadding);
    Rect foot = body.take_bottom(space::kButton);
    Canvas canvas = context.ui.canvas();
    canvas.text({body.x, body.y + space::k8}, experiment.title, FontStyle::kStrong, theme.t1);
    body.take_top(kTitle);
    canvas.paragraph({body.x, body.y + Flow::kLine / 2},
                     body.w,
                     experiment.sentence,
                     FontStyle::kSmall,
                     theme.t2,
                     Flow::kLine);
    const std::size_t lanes = experiment.lanes.size();
    const std::string id = "experiments.run." + experiment.id;
    const ButtonSpec spec{.id = id.c_str(),
                          .label = open ? "Again" : "Run",
                          .icon = Icon::kPlay,
                          .explanation = {{"Sets it up and trains: " + experiment.title +
                                               ". Your own settings come back when you close it.",
                                           FontStyle::kBody,
                                           theme.t2}}};
    if (button(context.ui, spec, foot.take_right(kRun + space::k8, space::k12))) {
        context.commands.push(models::commands::run_experiment(experiment.id));
    }
    canvas.text({foot.x, foot.center_y()},
                lanes == 1 ? "one run" : std::to_string(lanes) + " runs, in one chart",
                FontStyle::kMicro,
                theme.t3);
}

}  // namespace

float draw_experiments_list(Context& context, Rect where) {
    Flow flow(context, where);
    draw_title(context, flow.take(space::kButton, space::k8));
    flow.paragraph(
        "What networks do and fail to do, each set up and trained by one click, here and for real; "
        "what comes out stands beside what was reported. They learn MNIST.",
        FontStyle::kBody,
        context.theme().t2,
        space::k16);
    const std::size_t columns = flow.area().w >= kRoomForTwo ? 2 : 1;
    const float width = (flow.area().w - static_cast<float>(columns - 1) * space::kCardGap) /
                        static_cast<float>(columns);
    const std::span<const models::Experiment> all = models::experiments();
    for (std::size_t first = 0; first < all.size(); first += columns) {
        const auto row = all.subspan(first, std::min(columns, all.size() - first));
        float height = 0;
        for (const models::Experiment& experiment : row) {
            height = std::max(height, height_of(context, experiment, width));
        }
        Rect place = flow.take(height, space::kCardGap);
        for (const models::Experiment& experiment : row) {
            draw_experiment(context, experiment, place.take_left(width, space::kCardGap));
        }
    }
    return flow.height();
}

}  // namespace convoscope::rooms::train
