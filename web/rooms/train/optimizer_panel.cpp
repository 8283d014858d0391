#include "web/rooms/train/optimizer_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/select.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::train {

using namespace widgets;
using models::OptimizerType;

namespace {

constexpr float kEquation = 34;
constexpr float kDecimalField = 56;

Runs equation(const Theme& theme, const models::OptimizerSettings& optimizer) {
    const auto word = [&](const char* text) { return Run{text, FontStyle::kM12, theme.t3}; };
    const auto variable = [](const char* text, Color color) {
        return Run{text, FontStyle::kM13i, color};
    };
    const Run w = variable("w", theme.kernel);
    const Run g = variable("g", theme.grad);
    const Run v = variable("v", theme.t1);
    switch (optimizer.type) {
        case OptimizerType::sgd:
            return {w, word(" ← "), w, word(" − η "), g};
        case OptimizerType::momentum:
            return {v,
                    word((" ← " + significant_text(optimizer.momentum) + " ").c_str()),
                    v,
                    word(" + "),
                    g,
                    word("    "),
                    w,
                    word(" ← "),
                    w,
                    word(" − η "),
                    v};
        case OptimizerType::adam:
            return {w,
                    word(" ← "),
                    w,
                    word(" − η "),
                    variable("m", theme.t1),
                    word(" / (√"),
                    v,
                    word(" + ε)")};
    }
    return {};
}

void draw_head(Context& context, Rect row) {
    section_head(context.ui, row.x, row.center_y(), row.w, "Optimiser");
    const std::array options{
        Option{"sgd", "SGD"}, Option{"momentum", "SGD, momentum"}, Option{"adam", "Adam"}};
    const models::OptimizerSettings& current = context.model().settings.optimizer;
    const Rect box{row.right() - space::kSelect, row.y, space::kSelect, space::kSelectBox};
    if (const auto chosen = select(context.ui,
                                   "train.optimizer",
                                   "Optimiser",
                                   options,
                                   static_cast<int>(current.type),
                                   box)) {
        models::OptimizerSettings changed = current;
        changed.type = static_cast<OptimizerType>(*chosen);
        changed.learning_rate = models::usual_learning_rate(changed.type);
        context.commands.push(models::commands::set(changed));
    }
}

void draw_equation(Context& context, Rect box) {
    const Theme& theme = context.theme();
    context.ui.canvas().box(box, theme.bg0, theme.line1, radius::kControl);
    context.ui.canvas().text(
        box.center(), equation(theme, context.model().settings.optimizer), Align::kCenter);
    explain(
        context,
        "train.equation",
        "Update rule",
        models::name_of(context.model().settings.optimizer.type),
        box,
        "What happens to every weight w after each batch: g is its gradient, η the learning rate.");
}

struct Row {
    SliderSpec spec;
    const char* setting;
    bool whole = false;
};

std::vector<Row> rows_of(const models::RunSettings& settings, const Theme& theme) {
    const auto why = [&](const char* text) { return Runs{{text, FontStyle::kBody, theme.t2}}; };
    const models::OptimizerSettings& optimizer = settings.optimizer;
    const bool adam = optimizer.type == OptimizerType::adam;
    std::vector<Row> rows;
    rows.push_back(
        {{.id = "train.learning_rate",
          .label = "Rate",
          .symbol = "η",
          .value = optimizer.learning_rate,
          .min = 1e-5,
          .max = 1,
          .scale = SliderScale::kLogarithmic,
          .usual_min = adam ? 3e-4 : 5e-3,
          .usual_max = adam ? 3e-3 : 0.1,
          .field_width = kDecimalField,
          .explanation = why("Learning rate η: how far a weight moves against its gradient. "
                             "Counts from the next batch on.")},
         "learning_rate"});
    if (optimizer.type == OptimizerType::momentum) {
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
    rows.push_back(
        {{.id = "train.epochs",
          .label = "Epochs",
          .symbol = "n",
          .value = static_cast<double>(settings.epochs),
          .min = 1,
          .max = 20,
          .step = 1,
          .field_width = kDecimalField,
          .explanation = why("Epochs n: how often the run goes through all training images.")},
         "epochs",
         true});
    return rows;
}

void draw_seed(Context& context, Rect row) {
    const Theme& theme = context.theme();
    context.ui.canvas().text({row.x, row.center_y()}, "Seed", FontStyle::kBody, theme.t2);
    const Rect box{row.right() - kDecimalField,
                   row.center_y() - space::kField / 2,
                   kDecimalField,
                   space::kField};
    const auto seed = number_field(
        context.ui,
        {.id = "train.seed",
         .label = "Seed",
         .value = static_cast<double>(context.model().settings.seed),
         .explanation =
             {{"The same seed gives the same run, bit for bit. Another one starts it afresh.",
               FontStyle::kBody,
               theme.t2}}},
        box);
    if (seed) {
        context.commands.push(models::commands::reset(static_cast<int>(std::max(0.0, *seed))));
    }
}

}  // namespace

float draw_optimizer_panel(Context& context, Rect where) {
    float y = where.y;
    draw_head(context, {where.x, y, where.w, space::kSelectBox});
    y += space::kSelectBox + space::k8;
    draw_equation(context, {where.x, y, where.w, kEquation});
    y += kEquation + space::k12;
    for (const Row& row : rows_of(context.model().settings, context.theme())) {
        const auto changed = slider(context.ui, row.spec, {where.x, y, where.w, space::kSliderRow});
        if (changed) {
            const double value =
                row.whole ? std::max(1.0, std::round(*changed)) : std::max(0.0, *changed);
            context.commands.push(models::commands::set(row.setting, value));
        }
        y += space::kSliderRow;
    }
    draw_seed(context, {where.x, y, where.w, space::kSliderRow});
    return y + space::kSliderRow - where.y;
}

}  // namespace convoscope::rooms::train
