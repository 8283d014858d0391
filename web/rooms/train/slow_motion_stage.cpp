#include "web/rooms/train/slow_motion_stage.h"

#include <algorithm>
#include <array>
#include <string>

#include "web/models/room_commands.h"
#include "web/models/slow_motion_commands.h"
#include "web/rooms/train/flow.h"
#include "web/rooms/train/slow_motion_parts.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::train {

using namespace widgets;
using models::StepStage;

namespace {

constexpr float kGhost = 120;
constexpr float kMostTimeline = 560;

void draw_title(Context& context, Rect row) {
    const models::SlowMotion& slow = context.model().slow_motion;
    const std::string title =
        slow.step ? "Step " + integer_text(slow.step->step) + ", slowly" : "One step, slowly";
    context.ui.canvas().text({row.x, row.center_y()}, title, FontStyle::kLeadS, context.theme().t1);
    register_passive(context.ui, {.id = "slow.title", .label = title, .role = Role::kText}, row);
    if (icon_button(context.ui,
                    {.id = "slow.close", .label = "Back to the curves", .icon = Icon::kClose},
                    row.take_right(space::kButton))) {
        context.commands.push(models::commands::with("show_slow_motion", "open", false));
    }
}

void draw_timeline(Context& context, Rect where) {
    static constexpr std::array kSegments{Segment{"batch", "Batch"},
                                          Segment{"forward", "Forward"},
                                          Segment{"loss", "Loss"},
                                          Segment{"backward", "Backward"},
                                          Segment{"update", "Update"}};
    const auto current = static_cast<int>(context.model().slow_motion.stage());
    if (const auto chosen = segmented(context.ui, "slow.stage", kSegments, current, where)) {
        context.commands.push(models::commands::with(
            "slow_stage", "stage", models::name_of(static_cast<StepStage>(*chosen))));
    }
}

void draw_buttons(Context& context, Rect row) {
    const models::SlowMotion& slow = context.model().slow_motion;
    const Theme& theme = context.theme();
    const bool last = slow.stage() == StepStage::update;
    const auto press = [&](const ButtonSpec& spec) {
        const Rect place =
            row.take_left(std::min(row.w, button_width(context.ui, spec.label, true)), space::k8);
        return button(context.ui, spec, place);
    };
    if (press({.id = "slow.back",
               .label = "Back",
               .icon = Icon::kPrev,
               .disabled = slow.stage() == StepStage::batch,
               .explanation = {{"The part before this one.", FontStyle::kBody, theme.t2}}})) {
        context.commands.push(models::commands::plain("slow_back"));
    }
    if (press({.id = "slow.next",
               .label = last ? "Next step" : "Next",
               .icon = Icon::kNext,
               .kind = ButtonKind::kPrimary,
               .disabled = slow.waits(),
               .explanation = {{last ? "Trains the next batch." : "The next part of this step.",
                                FontStyle::kBody,
                                theme.t2}}})) {
        context.commands.push(models::commands::plain("slow_next"));
    }
    if (press({.id = "slow.ramp",
               .label = slow.ramping() ? "Hold" : "Faster and faster",
               .icon = slow.ramping() ? Icon::kPause : Icon::kBolt,
               .active = slow.ramping(),
               .explanation = {{"Goes on by itself, each step in less time than the one before, "
                                "until it is too fast to follow: then training runs.",
                                FontStyle::kBody,
                                theme.t2}}})) {
        context.commands.push(models::commands::with("slow_ramp", "on", !slow.ramping()));
    }
}

std::string sentence_of(const models::SlowMotion& slow) {
    const std::string count = std::to_string(slow.step->images.size());
    switch (slow.stage()) {
        case StepStage::batch:
            return count +
                   " pictures are drawn, with their labels, in an order that the seed makes. All "
                   "of them go through the network before a weight changes.";
        case StepStage::forward:
            return "Each layer makes its outputs of those before it. How large they are, over "
                   "all " +
                   count + " pictures: the root of their mean square.";
        case StepStage::loss:
            return "Softmax makes probabilities of the last layer’s outputs. A picture’s loss is "
                   "−log of the probability of its right class; the mean of all " +
                   count + " is the loss of the step: " + decimal_text(slow.step->loss, 4) + ".";
        case StepStage::backward:
            return "From the loss back to the first layer: how the loss changes with each weight. "
                   "The length of every layer’s gradient.";
        case StepStage::update:
            return "The optimiser moves every weight by its gradient. Here is one of them, with "
                   "all its numbers: " +
                   slow.step->weight.text() + ", where the gradient is the largest.";
    }
    return {};
}

void draw_part(Context& context, Flow& flow) {
    switch (context.model().slow_motion.stage()) {
        case StepStage::batch:
            flow.take(draw_batch(context, flow.area()));
            break;
        case StepStage::forward:
            flow.take(draw_outputs(context, flow.area()));
            break;
        case StepStage::loss:
            flow.take(draw_losses(context, flow.area()));
            break;
        case StepStage::backward:
            flow.take(draw_gradients(context, flow.area()));
            break;
        case StepStage::update:
            flow.take(draw_update(context, flow.area()));
            break;
    }
}

}  // namespace

float draw_slow_motion(Context& context, Rect where) {
    const models::SlowMotion& slow = context.model().slow_motion;
    Flow flow(context, where);
    draw_title(context, flow.take(space::kButton, space::k8));
    if (!slow.step) {
        ghost(context,
              flow.take(kGhost),
              "One batch is being trained; its numbers appear here, part by part.");
        return flow.height();
    }
    Rect timeline = flow.take(space::kSegmented, space::k12);
    draw_timeline(context, timeline.take_left(std::min(timeline.w, kMostTimeline)));
    draw_buttons(context, flow.take(space::kButton, space::k16));
    flow.paragraph(sentence_of(slow), FontStyle::kBody, context.theme().t2, space::k16);
    draw_part(context, flow);
    return flow.height();
}

}  // namespace convoscope::rooms::train
