#include "web/rooms/train/test_card.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "web/models/room_commands.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/toggle.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRowHeight = 24;

/// "epoch 2" at its end, else "step 300".
std::string moment_text(const models::TrainModel& model, const models::Evaluation& evaluation) {
    const bool ends_epoch =
        evaluation.epoch > 0 && evaluation.step == evaluation.epoch * model.steps_per_epoch;
    return ends_epoch ? "epoch " + integer_text(evaluation.epoch)
                      : "step " + integer_text(evaluation.step);
}

/// Reads the test set; while it is read, leaves it out.
void draw_test_button(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const bool reading = model.status == models::RunStatus::evaluating;
    const bool there = model.data.test_count > 0 && model.data.test_loaded >= model.data.test_count;
    const std::string share =
        model.evaluating ? ", " + percent_text(model.evaluating->share, 0) : std::string();
    const ButtonSpec spec{
        .id = "train.test.read",
        .label = reading ? "Stop reading" + share : "Read the test set",
        .disabled = !reading && (!there || !model.can_train() || model.working()),
        .explanation = {{"All test images are read once, by the weights as they are. A choice made "
                         "by what they show makes their accuracy too good.",
                         FontStyle::kBody,
                         context.theme().t2}}};
    if (!button(context.ui, spec, where)) {
        return;
    }
    if (reading) {
        context.commands.push(models::commands::pause());
    } else {
        context.commands.push(models::commands::evaluate("test"));
        context.commands.push(models::commands::with("show_confusion", "split", "test"));
    }
}

/// At the right end of the card's title.
void draw_each_epoch(Context& context, Rect title) {
    const bool on = context.model().settings.test_each_epoch;
    const std::string label = "each epoch";
    const float width = toggle_width(context.ui, label);
    if (toggle(context.ui,
               {.id = "train.test.each_epoch",
                .label = label,
                .on = on,
                .explanation = {{"Whoever sees the test accuracy at every epoch soon chooses by "
                                 "it. For choices there are the validation images.",
                                 FontStyle::kBody,
                                 context.theme().t2}}},
               {title.right() - width, title.center_y() - kRowHeight / 2, width, kRowHeight})) {
        context.commands.push(models::commands::with("set", "test_each_epoch", !on));
    }
}

/// The newest at the bottom, as many as there is room for.
void draw_readings(Context& context, Rect body) {
    const auto& test = context.model().test;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const auto fitting = static_cast<std::size_t>(std::max(1.0F, std::floor(body.h / kRowHeight)));
    const std::size_t first = test.size() - std::min(fitting, test.size());
    for (std::size_t i = first; i < test.size(); ++i) {
        const models::Evaluation& evaluation = test[i];
        const Rect row = body.take_top(kRowHeight);
        const bool last = i + 1 == test.size();
        const std::string value = percent_text(evaluation.accuracy, 2);
        const std::string interval = "± " + decimal_text(100 * evaluation.half_interval(), 2);
        canvas.text({row.x, row.center_y()},
                    moment_text(context.model(), evaluation),
                    FontStyle::kSmall,
                    theme.t2);
        canvas.text({row.right(), row.center_y()},
                    {{value, last ? FontStyle::kM15 : FontStyle::kM13, theme.held},
                     {"  " + interval, FontStyle::kM11, theme.t3}},
                    Align::kRight);
        const std::string id = "train.test." + std::to_string(i);
        explain(
            context,
            id.c_str(),
            "Test accuracy at step " + integer_text(evaluation.step),
            value,
            row,
            "Right readings among " + integer_text(evaluation.count) +
                " test images that never taught a weight; ± is the 95 % interval of that count.");
    }
}

}  // namespace

void draw_test_card(Context& context, Rect where) {
    Rect body = titled_card(context, where, "Test accuracy", "");
    draw_each_epoch(context, where.inset(space::kCardPadding).take_top(space::k12));
    draw_test_button(context, body.take_bottom(space::kButton, space::k8));
    if (context.model().test.empty()) {
        ghost(context, body, "No choice has seen it yet.");
    } else {
        draw_readings(context, body);
    }
}

}  // namespace convoscope::rooms::train
