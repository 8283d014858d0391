#include "web/rooms/train/convolution_exhibit.h"

#include <algorithm>
#include <string>
#include <vector>

#include "web/rooms/train/exhibit_rows.h"
#include "web/rooms/train/flow.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/progress_bar.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kProgress = 6;
constexpr float kGhost = 96;
constexpr float kChoices = 320;

void draw_title(Context& context, Rect row) {
    const std::string title = "The same convolution, many ways";
    context.ui.canvas().text({row.x, row.center_y()}, title, FontStyle::kLeadS, context.theme().t1);
    register_passive(context.ui, {.id = "exhibit.title", .label = title, .role = Role::kText}, row);
    if (icon_button(context.ui,
                    {.id = "exhibit.close", .label = "Back to the curves", .icon = Icon::kClose},
                    row.take_right(space::kButton))) {
        if (context.model().exhibit.running()) {
            context.commands.push(models::commands::plain("stop_comparison"));
        }
        context.commands.push(models::commands::show_exhibit(false));
    }
}

void draw_choices(Context& context, Rect where) {
    const models::ConvolutionExhibit& exhibit = context.model().exhibit;
    std::vector<Segment> segments;
    int selected = 0;
    for (const models::ExhibitChoice& choice : models::exhibit_choices()) {
        if (exhibit.convolution == choice.id) {
            selected = static_cast<int>(segments.size());
        }
        segments.push_back({choice.id, choice.name});
    }
    if (const auto chosen = segmented(context.ui, "exhibit.convolution", segments, selected, where);
        chosen && *chosen != selected && !exhibit.running()) {
        context.commands.push(
            models::commands::choose_convolution(segments[static_cast<std::size_t>(*chosen)].id));
    }
}

/// Measures, stops, or first pauses the training: both at a time would measure each other.
void draw_measure_button(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    ButtonSpec spec{.id = "exhibit.measure",
                    .label = model.exhibit.runs.empty() ? "Measure" : "Measure again",
                    .icon = Icon::kPlay,
                    .kind = ButtonKind::kPrimary};
    const char* command = "measure_convolutions";
    if (model.exhibit.running()) {
        spec = {.id = "exhibit.stop", .label = "Stop", .icon = Icon::kClose};
        command = "stop_comparison";
    } else if (model.working()) {
        spec = {.id = "exhibit.pause", .label = "Pause the training", .icon = Icon::kPause};
        command = "pause";
    }
    const float width = std::min(where.w, button_width(context.ui, spec.label, true));
    if (button(context.ui, spec, where.take_left(width))) {
        context.commands.push(models::commands::plain(command));
    }
}

void draw_controls(Context& context, Flow& flow) {
    const models::ConvolutionExhibit& exhibit = context.model().exhibit;
    const Theme& theme = context.theme();
    const bool one_row = flow.area().w > kChoices + 180;
    Rect row = flow.take(space::kButton, space::k12);
    draw_choices(context,
                 one_row ? row.take_left(kChoices, space::k16).inset(0, 1) : row.inset(0, 1));
    draw_measure_button(context, one_row ? row : flow.take(space::kButton, space::k12));
    for (const models::ExhibitChoice& choice : models::exhibit_choices()) {
        if (exhibit.convolution == choice.id) {
            const double millions = exhibit.operations * 1e-6;
            flow.paragraph(choice.facts + (millions > 0.0 ? ": " + decimal_text(millions, 0) +
                                                                " million operations."
                                                          : std::string(".")),
                           FontStyle::kSmall,
                           theme.t3,
                           space::k4);
        }
    }
    if (exhibit.running()) {
        progress_bar(context.ui,
                     "exhibit.progress",
                     "Rounds measured",
                     static_cast<float>(exhibit.rounds_done) /
                         static_cast<float>(std::max(1, exhibit.rounds_total)),
                     flow.take(space::k12).inset(0, (space::k12 - kProgress) / 2),
                     exhibit.rounds_total);
    } else if (context.model().working()) {
        flow.paragraph("Training and measuring would take the processor from each other.",
                       FontStyle::kSmall,
                       theme.warn,
                       0);
    } else if (!exhibit.reason.empty()) {
        flow.paragraph(exhibit.reason, FontStyle::kSmall, theme.warn, 0);
    }
    flow.take(space::k8);
}

void draw_why(Context& context, Flow& flow) {
    const models::ConvolutionExhibit& exhibit = context.model().exhibit;
    const Theme& theme = context.theme();
    section_head(
        context.ui, flow.area().x, flow.area().y, flow.area().w, "Why the last digits differ");
    flow.take(space::k16);
    const std::string terms = std::to_string(exhibit.terms);
    const auto say = [&](const std::string& text) {
        flow.paragraph(text, FontStyle::kSmall, theme.t2, space::k8);
    };
    say("Each output is a sum of " + terms +
        " products. A float keeps 24 bits, so every addition rounds, and another order of "
        "additions rounds differently. Relaxed SIMD multiplies and adds in one instruction, which "
        "rounds once instead of twice. Winograd’s filtering adds pixels before it multiplies, "
        "which may lose up to three times as much.");
    say("“Agrees” means: no output is further from the same sum in double precision than " + terms +
        " · 2⁻²⁴ times the greatest sum of magnitudes, three times that for Winograd. With more "
        "threads every bit stays the same, as a thread takes whole images.");
    const bool has_winograd = std::ranges::any_of(
        exhibit.runs, [](const models::ExhibitRun& run) { return run.way == "winograd"; });
    if (!has_winograd) {
        say("Winograd’s filtering is for 3×3 kernels that step by one: this one is not.");
    }
}

}  // namespace

float draw_convolution_exhibit(Context& context, Rect where) {
    const models::ConvolutionExhibit& exhibit = context.model().exhibit;
    const Theme& theme = context.theme();
    Flow flow(context, where);
    draw_title(context, flow.take(space::kButton, space::k8));
    flow.paragraph(
        "One convolution of the same numbers, computed in this tab in every way the engine knows, "
        "one after another, in rounds. The fastest of five counts: whatever else the machine does "
        "only slows a round.",
        FontStyle::kBody,
        theme.t2,
        space::k16);
    draw_controls(context, flow);
    if (exhibit.runs.empty()) {
        ghost(context,
              flow.take(kGhost, space::k16),
              exhibit.running() ? "The first round compares the numbers and warms up."
                                : "Bars of GFLOP/s appear here, with how far the numbers differ.");
    } else {
        flow.take(draw_exhibit_rows(context, flow.area()), space::k20);
        draw_why(context, flow);
    }
    for (const std::string& sentence : exhibit.missing) {
        flow.paragraph(sentence, FontStyle::kSmall, theme.warn, space::k8);
    }
    return flow.height();
}

}  // namespace convoscope::rooms::train
