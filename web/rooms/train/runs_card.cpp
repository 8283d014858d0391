#include "web/rooms/train/runs_card.h"

#include <algorithm>
#include <array>
#include <string>

#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/text_field.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRow = 32;
constexpr float kHead = 36;
constexpr float kMark = 24;
constexpr float kName = 136;
constexpr float kNarrowName = 80;
constexpr float kNarrow = 420;
constexpr float kSteps = 88;
constexpr float kFigure = 72;
constexpr float kDelete = 28;

float name_width(Rect row) {
    return row.w < kNarrow ? kNarrowName : kName;
}

std::string accuracy_text(const models::Evaluation* evaluation) {
    return evaluation == nullptr ? std::string("–") : percent_text(evaluation->accuracy, 2);
}

void draw_name(
    Context& context, const std::string& id, int run, const std::string& name, Rect box) {
    const auto renamed = text_field(context.ui,
                                    {.id = id.c_str(),
                                     .label = "Name of the run",
                                     .text = name,
                                     .explanation = {{"Click to give the run another name.",
                                                      FontStyle::kBody,
                                                      context.theme().t2}}},
                                    box.inset(0, space::k4));
    if (renamed) {
        context.commands.push(models::commands::name_run(run, *renamed));
    }
}

/// Accuracy, steps where there is room for them, and what is set otherwise.
void draw_figures(Context& context,
                  Rect row,
                  std::int64_t steps,
                  const models::Evaluation* evaluation,
                  const std::string& difference) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect figure = row.take_right(kFigure);
    canvas.text({figure.right(), figure.center_y()},
                accuracy_text(evaluation),
                FontStyle::kM12,
                theme.held,
                Align::kRight);
    if (row.w > 2 * kSteps) {
        const Rect count = row.take_right(kSteps);
        canvas.text({count.right(), count.center_y()},
                    integer_text(steps) + " steps",
                    FontStyle::kSmall,
                    theme.t3,
                    Align::kRight);
    }
    canvas.clipped_text(
        {row.x, row.center_y()}, row.w - space::k8, difference, FontStyle::kSmall, theme.t2);
}

void draw_present(Context& context, Rect row) {
    const models::TrainModel& model = context.model();
    const Rect mark = row.take_left(kMark);
    context.ui.canvas().disc({mark.x + 8, mark.center_y()}, 5, context.theme().held);
    draw_name(context,
              "train.run.present",
              -1,
              model.run.text(),
              row.take_left(name_width(row), space::k8));
    row.take_right(kDelete + space::k8);
    draw_figures(context, row, model.last_step(), model.present(model.validation), "present");
}

void draw_kept(Context& context, std::size_t index, Rect row) {
    const models::TrainModel& model = context.model();
    const models::KeptRun& run = model.kept_runs[index];
    const Theme& theme = context.theme();
    const std::string id = "train.run." + std::to_string(index);
    const std::string name = run.name.text();
    const Rect mark = row.take_left(kMark);
    const Interaction act =
        interact(context.ui,
                 {.id = id + ".show",
                  .label = name + " on the charts",
                  .role = Role::kToggle,
                  .value = run.shown ? "on" : "off",
                  .selected = run.shown},
                 {mark.x, mark.y + space::k4, space::k16, mark.h - space::k8},
                 {{"Shows or hides " + name + " on the charts.", FontStyle::kBody, theme.t2}});
    Canvas canvas = context.ui.canvas();
    const Color color = color_of_run(theme, index);
    const Point center{mark.x + 8, mark.center_y()};
    if (run.shown) {
        canvas.disc(center, act.hovered ? 6.0F : 5.0F, color);
    } else {
        canvas.ring(center, 4.5F, color, stroke::kSelect);
    }
    if (act.focused) {
        canvas.focus_ring({center.x - 8, center.y - 8, 16, 16}, radius::kSegment);
    }
    const auto number = static_cast<int>(index);
    if (act.clicked) {
        context.commands.push(models::commands::show_run(number, !run.shown));
    }
    draw_name(context, id + ".name", number, name, row.take_left(name_width(row), space::k8));
    const Rect bin = row.take_right(kDelete, space::k8);
    if (icon_button(
            context.ui,
            {.id = (id + ".delete").c_str(), .label = "Delete " + name, .icon = Icon::kTrash},
            {bin.x, bin.center_y() - kDelete / 2, kDelete, kDelete})) {
        context.commands.push(models::commands::delete_run(number));
    }
    const std::string difference = models::difference_text(run.settings, model.settings);
    draw_figures(context,
                 row,
                 run.steps(),
                 run.validation.empty() ? nullptr : &run.validation.back(),
                 difference.empty() ? "same settings" : difference);
}

}  // namespace

Color color_of_run(const Theme& theme, std::size_t run) {
    const std::array colors{
        theme.input, theme.kernel, theme.output, theme.grad, theme.ok, theme.warn};
    return colors[run % colors.size()];
}

float runs_card_height(const Context& context) {
    const auto count = static_cast<float>(context.model().kept_runs.size());
    return count == 0 ? 0 : kHead + (count + 1) * kRow + space::k16;
}

void draw_runs_card(Context& context, Rect where) {
    Rect body = titled_card(context, where, "Runs", "accuracy of the last validation");
    draw_present(context, body.take_top(kRow));
    for (std::size_t i = context.model().kept_runs.size(); i-- > 0;) {
        const Rect row = body.take_top(kRow);
        context.ui.canvas().horizontal(row.x, row.right(), row.y, context.theme().line1);
        draw_kept(context, i, row);
    }
}

}  // namespace convoscope::rooms::train
