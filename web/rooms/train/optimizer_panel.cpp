#include "web/rooms/train/optimizer_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "web/rooms/train/optimizer_equation.h"
#include "web/rooms/train/schedule_panel.h"
#include "web/widgets/button.h"
#include "web/widgets/panel.h"
#include "web/widgets/select.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::train {

using namespace widgets;
namespace {

constexpr float kLine = 20;  // of the equation
constexpr float kDecimalField = 56;
constexpr float kRace = 36;
constexpr int kRaceSteps = 200;

const std::array kOptions{
    Option{"sgd", models::title_of(OptimizerType::sgd)},
    Option{"momentum", models::title_of(OptimizerType::momentum)},
    Option{"nesterov", models::title_of(OptimizerType::nesterov)},
    Option{"adagrad", models::title_of(OptimizerType::adagrad)},
    Option{"rmsprop", models::title_of(OptimizerType::rmsprop)},
    Option{"adam", models::title_of(OptimizerType::adam)},
    Option{"adamw", models::title_of(OptimizerType::adamw)}};  // in the order of OptimizerType

void draw_head(Context& context, Rect row) {
    section_head(context.ui, row.x, row.center_y(), row.w, "Optimiser");
    const OptimizerSettings& current = context.model().settings.optimizer;
    const Rect box{row.right() - space::kSelect, row.y, space::kSelect, space::kSelectBox};
    if (const auto chosen = select(context.ui,
                                   "train.optimizer",
                                   "Optimiser",
                                   kOptions,
                                   static_cast<int>(current.type),
                                   box)) {
        context.commands.push(
            models::commands::set(models::usual_optimizer(static_cast<OptimizerType>(*chosen))));
    }
}

float draw_equation(Context& context, Rect where) {
    const Theme& theme = context.theme();
    const OptimizerSettings& optimizer = context.model().settings.optimizer;
    const std::vector<Runs> lines = equation_of(optimizer, theme);
    const Rect box{
        where.x, where.y, where.w, static_cast<float>(lines.size()) * kLine + space::k12};
    Canvas canvas = context.ui.canvas();
    canvas.box(box, theme.bg0, theme.line1, radius::kControl);
    float y = box.y + space::k8 - 2 + kLine / 2;
    for (const Runs& line : lines) {
        canvas.text({box.center_x(), y}, line, Align::kCenter);
        y += kLine;
    }
    explain(
        context,
        "train.equation",
        "Update rule",
        std::string(optimizer_name(optimizer.type)),
        box,
        "What happens to every weight w after each batch: g is its gradient, η the learning rate.");
    return box.h;
}

struct Row {
    SliderSpec spec;
    const char* setting;
    bool whole = false;
};

std::vector<Row> rows_of(const models::TrainModel& model, const Theme& theme) {
    const models::RunSettings& settings = model.settings;
    const auto why = [&](const char* text) { return Runs{{text, FontStyle::kBody, theme.t2}}; };
    const OptimizerSettings& optimizer = settings.optimizer;
    const bool scaled = models::usual_optimizer(optimizer.type).learning_rate < 0.005;
    std::vector<Row> rows;
    rows.push_back(
        {{.id = "train.learning_rate",
          .label = "Rate",
          .symbol = "η",
          .value = optimizer.learning_rate,
          .min = 1e-5,
          .max = 1,
          .scale = SliderScale::kLogarithmic,
          .usual_min = scaled ? 3e-4 : 5e-3,
          .usual_max = scaled ? 3e-3 : 0.1,
          .scheduled = settings.schedule.type == ScheduleType::constant
                           ? std::nullopt
                           : std::optional(model.learning_rate_at(model.step)),
          .field_width = kDecimalField,
          .explanation = why("Learning rate η: how far a weight moves against its gradient. "
                             "Counts from the next batch on.")},
         "learning_rate"});
    if (optimizer.type == OptimizerType::momentum || optimizer.type == OptimizerType::nesterov) {
        rows.push_back(
            {{.id = "train.momentum",
              .label = "Momentum",
              .symbol = "μ",
              .value = optimizer.momentum,
              .min = 0,
              .max = 0.99,
              .step = 0.01,
              .field_width = kDecimalField,
              .explanation = why("Momentum μ: the share of the last step that is kept.")},
             "momentum"});
    }
    rows.push_back(
        {{.id = "train.batch_size",
          .label = "Batch",
          .symbol = "B",
          .value = static_cast<double>(settings.batch_size),
          .min = 8,
          .max = 512,
          .step = 8,
          .scale = SliderScale::kLogarithmic,
          .ticks = 6,
          .field_width = kDecimalField,
          .explanation = why("Batch B: images whose gradients are averaged into one step.")},
         "batch_size",
         true});
    rows.push_back(
        {{.id = "train.weight_decay",
          .label = "Decay",
          .symbol = "λ",
          .value = optimizer.weight_decay,
          .min = 0,
          .max = 0.01,
          .step = 1e-4,
          .field_width = kDecimalField,
          .explanation = why("Weight decay λ: pulls every weight towards zero at each step.")},
         "weight_decay"});
    return rows;
}

/// Three optimisers against each other, or the end of their race.
void draw_race(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const models::Race& race = model.race;
    const std::string place =
        std::to_string(race.lane + 1) + " of " + std::to_string(race.lanes.size());
    const std::string why =
        race.on() ? "Training pauses; what has been raced so far stays in the list of runs."
                  : "SGD, SGD with momentum and Adam, 200 batches each, one after the other: from "
                    "the present weights, on the same batches. Each is a run of its own.";
    const ButtonSpec spec{.id = "train.race",
                          .label = race.on() ? "Stop the race, " + place : "Race three optimisers",
                          .icon = race.on() ? Icon::kPause : Icon::kNext,
                          .disabled = !race.on() && (!model.can_train() || model.working()),
                          .explanation = {{why, FontStyle::kBody, context.theme().t2}}};
    if (!button(context.ui, spec, where)) {
        return;
    }
    if (race.on()) {
        context.commands.push(models::commands::pause());
        return;
    }
    const auto first = static_cast<int>(model.step);
    context.commands.push(models::commands::race(kRaceSteps));
    context.commands.push(models::commands::show_steps(first, first + kRaceSteps));
}

}  // namespace

float draw_optimizer_panel(Context& context, Rect where) {
    float y = where.y;
    draw_head(context, {where.x, y, where.w, space::kSelectBox});
    y += space::kSelectBox + space::k8;
    y += draw_equation(context, {where.x, y, where.w, 0}) + space::k12;
    for (const Row& row : rows_of(context.model(), context.theme())) {
        const auto changed = slider(context.ui, row.spec, {where.x, y, where.w, space::kSliderRow});
        if (changed) {
            const double value =
                row.whole ? std::max(1.0, std::round(*changed)) : std::max(0.0, *changed);
            context.commands.push(models::commands::set(row.setting, value));
        }
        y += space::kSliderRow;
    }
    y += draw_schedule_panel(context, {where.x, y + space::k4, where.w, 0}) + space::k4;
    draw_race(context, {where.x, y + space::k8, where.w, kRace});
    y += space::k8 + kRace;
    return y - where.y;
}

}  // namespace convoscope::rooms::train
