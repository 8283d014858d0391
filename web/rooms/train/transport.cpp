#include "web/rooms/train/transport.h"

#include <string>
#include <utility>

#include "web/models/room_commands.h"
#include "web/widgets/button.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kSmallButton = 36;
constexpr float kResetWidth = 72;
constexpr float kTuneWidth = 60;
constexpr float kPortionsWidth = 134;
constexpr float kGap = 6;
constexpr float kRoomForIcon = 80;

std::string start_text(const models::TrainModel& model) {
    using Loading = models::DataSetState::Loading;
    if (!model.can_train()) {
        return model.data.loading == Loading::running
                   ? "Training can begin when the first images have arrived."
                   : "There are no images to train on: load them under Data.";
    }
    if (model.status == models::RunStatus::evaluating) {
        return "The held-out images are read; leave it out. Space does the same.";
    }
    return model.working()  ? "Pause after this batch. Space does the same."
           : model.step > 0 ? "Go on from here. Space does the same."
                            : "Begin to learn. Space does the same.";
}

void draw_start(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const bool working = model.working();
    const bool evaluates = model.status == models::RunStatus::evaluating;
    const ButtonSpec spec{
        .id = "train.start",
        .label = evaluates        ? "Stop evaluating"
                 : working        ? "Pause"
                 : model.step > 0 ? "Continue"
                                  : "Start training",
        .icon = working ? Icon::kPause : Icon::kPlay,
        .kind = ButtonKind::kPrimary,
        .disabled = !model.can_train(),
        .explanation = {{start_text(model), FontStyle::kBody, context.theme().t2}}};
    if (button(context.ui, spec, where)) {
        start_or_pause(context);
    }
}

void draw_small(Context& context,
                const char* id,
                const char* label,
                Icon icon,
                const char* why,
                std::string command,
                Rect where,
                bool disabled) {
    const ButtonSpec spec{.id = id,
                          .label = label,
                          .icon = icon,
                          .disabled = disabled,
                          .explanation = {{why, FontStyle::kBody, context.theme().t2}}};
    if (button(context.ui, spec, where)) {
        context.commands.push(std::move(command));
    }
}

void draw_reset(Context& context, Rect where) {
    draw_small(context,
               "train.reset",
               "Reset",
               Icon::kNone,
               "Back to step 0: the weights that the seed makes.",
               models::commands::reset(),
               where,
               context.model().step == 0);
}

/// One batch or one epoch, then a pause.
void draw_portions(Context& context, Rect row, float gap) {
    const bool busy = !context.model().can_train() || context.model().working();
    const float half = (row.w - gap) / 2;
    const Icon icon = half < kRoomForIcon ? Icon::kNone : Icon::kNext;
    draw_small(context,
               "train.step",
               "1 batch",
               icon,
               "Train one batch, then pause.",
               models::commands::step(1),
               row.take_left(half, gap),
               busy);
    draw_small(context,
               "train.epoch",
               "1 epoch",
               icon,
               "Train to the end of this epoch, then pause.",
               models::commands::train_epoch(),
               row,
               busy);
}

/// One training step after another, taken apart.
void draw_slow_motion_button(Context& context, Rect where) {
    const bool open = context.model().slow_motion.open;
    const ButtonSpec spec{
        .id = "train.slow_motion",
        .label = "Slow motion",
        .disabled = !context.model().can_train(),
        .active = open,
        .explanation = {{"One batch taken apart with all its numbers: forward, loss, backward and "
                         "update; then ever faster, up to full speed.",
                         FontStyle::kBody,
                         context.theme().t2}}};
    if (button(context.ui, spec, where)) {
        context.commands.push(models::commands::with("show_slow_motion", "open", !open));
    }
}

void draw_experiments_button(Context& context, Rect where) {
    const bool open = context.state.view.experiments_open;
    const ButtonSpec spec{
        .id = "train.experiments",
        .label = "Experiments",
        .icon = Icon::kBulb,
        .active = open,
        .explanation = {{"Thirteen of them by one click, good and bad: the table of 1998, random "
                         "labels, no non-linearity, plain against residual …",
                         FontStyle::kBody,
                         context.theme().t2}}};
    if (button(context.ui, spec, where)) {
        context.commands.push(models::commands::show_experiments(!open));
    }
}

/// What opens in place of the curves.
void draw_ways_in(Context& context, Rect where) {
    draw_experiments_button(context, where.take_left((where.w - kGap) / 2, kGap));
    draw_slow_motion_button(context, where);
}

}  // namespace

void start_or_pause(Context& context) {
    if (context.model().can_train()) {
        context.commands.push(context.model().working() ? models::commands::pause()
                                                        : models::commands::start());
    }
}

float transport_height() {
    return space::kButtonPrimary + space::k12 + 2 * kSmallButton + kGap;
}

void draw_transport(Context& context, Rect where) {
    draw_start(context, where.take_top(space::kButtonPrimary, space::k12));
    Rect row = where.take_top(kSmallButton, kGap);
    draw_ways_in(context, where.take_top(kSmallButton));
    draw_reset(context, row.take_right(kResetWidth, kGap));
    draw_portions(context, row, kGap);
}

void draw_phone_ways_in(Context& context, Rect where) {
    draw_reset(context, where.take_right(kResetWidth, kGap));
    draw_ways_in(context, where);
}

void draw_phone_transport(Context& context, Rect where) {
    const Rect tune = where.take_right(kTuneWidth, space::k8);
    draw_portions(context, where.take_right(kPortionsWidth, space::k8), space::k8);
    draw_start(context, where);
    draw_small(context,
               "train.tune",
               "Tune",
               Icon::kNone,
               "The optimiser and its numbers.",
               models::commands::show_tuning(!context.state.view.tuning_open),
               tune,
               false);
}

}  // namespace convoscope::rooms::train
