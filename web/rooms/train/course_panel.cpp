#include "web/rooms/train/course_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "web/models/network_choice.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/select.h"
#include "web/widgets/slider.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kDecimalField = 56;
constexpr float kGoalField = 64;

Runs why(const Theme& theme, const char* text) {
    return {{text, FontStyle::kBody, theme.t2}};
}

/// Draws rows one under another.
class Rows {
  public:
    explicit Rows(Rect where) : where_(where), y_(where.y) {}

    Rect next(float height = space::kSliderRow) {
        const Rect row{where_.x, y_, where_.w, height};
        y_ += height;
        return row;
    }
    [[nodiscard]] float height() const { return y_ - where_.y; }

  private:
    Rect where_;
    float y_;
};

/// A label and a field at the right. Returns what was typed.
std::optional<double> field_row(Context& context, const FieldSpec& spec, float width, Rect row) {
    context.ui.canvas().text(
        {row.x, row.center_y()}, spec.label, FontStyle::kBody, context.theme().t2);
    return number_field(
        context.ui,
        spec,
        {row.right() - width, row.center_y() - space::kField / 2, width, space::kField});
}

void draw_epochs(Context& context, Rect row) {
    const int epochs = context.model().settings.epochs;
    const auto changed =
        slider(context.ui,
               {.id = "train.epochs",
                .label = "Epochs",
                .symbol = "n",
                .value = static_cast<double>(epochs),
                .min = 1,
                .max = 20,
                .step = 1,
                .field_width = kDecimalField,
                .explanation =
                    why(context.theme(),
                        "Epochs n: how often the run goes through all training images. A schedule "
                        "goes by this length.")},
               row);
    if (changed) {
        context.commands.push(models::commands::set("epochs", std::max(1.0, std::round(*changed))));
    }
}

void draw_goal(Context& context, Rect row) {
    const double goal = context.model().settings.target_accuracy;
    const auto typed = field_row(
        context,
        {.id = "train.target_accuracy",
         .label = "Stop at accuracy",
         .value = 100.0 * goal,
         .text = goal > 0.0 ? significant_text(100.0 * goal, 4) + " %" : "never",
         .explanation = why(context.theme(),
                            "Training pauses at the first validation with this accuracy, in per "
                            "cent; 0: never.")},
        kGoalField,
        row);
    if (typed) {
        context.commands.push(
            models::commands::set_target_accuracy(std::clamp(*typed / 100.0, 0.0, 1.0)));
    }
}

struct Initializer {
    InitializerType type;
    Option option;
};

const std::array kInitializers{
    Initializer{InitializerType::pytorch, {"pytorch", "PyTorch's"}},
    Initializer{InitializerType::kaiming_normal, {"kaiming_normal", "Kaiming"}},
    Initializer{InitializerType::xavier_uniform, {"xavier_uniform", "Xavier"}},
    Initializer{InitializerType::lecun_normal, {"lecun_normal", "LeCun 1998"}},
    Initializer{InitializerType::zero, {"zero", "All zero"}},
    Initializer{InitializerType::equal, {"equal", "All equal"}},
    Initializer{InitializerType::too_large, {"too_large", "Too large"}}};

void draw_initializer(Context& context, Rect row) {
    const models::TrainModel& model = context.model();
    context.ui.canvas().text(
        {row.x, row.center_y()}, "Weights begin", FontStyle::kBody, context.theme().t2);
    std::vector<Option> options;
    int current = 0;
    for (const Initializer& initializer : kInitializers) {
        if (initializer.type == model.settings.initializer.type) {
            current = static_cast<int>(options.size());
        }
        options.push_back(initializer.option);
    }
    constexpr float kWidth = 124;
    const Rect box{
        row.right() - kWidth, row.center_y() - space::kSelectBox / 2, kWidth, space::kSelectBox};
    if (const auto chosen = select(
            context.ui, "train.initializer", "How the weights begin", options, current, box)) {
        const InitializerType type = kInitializers[static_cast<std::size_t>(*chosen)].type;
        context.commands.push(models::commands::set_initializer(type));
        if (model.step == 0) {  // nothing is lost
            context.commands.push(models::commands::reset());
        }
    }
}

/// The settings that a run cannot take over: said where they are chosen, with the way out.
void draw_reset_notice(Context& context, Rect row) {
    constexpr float kWidth = 72;
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.icon(Icon::kInfo, {row.x + space::k8, row.center_y()}, space::k16, theme.t2);
    canvas.text({row.x + space::k24, row.center_y()},
                "Counts from the next reset on.",
                FontStyle::kMicro,
                theme.t2);
    const ButtonSpec spec{
        .id = "train.initializer.reset",
        .label = "Reset",
        .explanation = why(theme, "Back to step 0, with weights that begin as chosen.")};
    if (button(context.ui,
               spec,
               {row.right() - kWidth, row.center_y() - space::k24 / 2, kWidth, space::k24})) {
        context.commands.push(models::commands::reset());
    }
}

struct Number {
    SliderSpec spec;
    const char* name;
    bool of_optimizer = false;
};

std::vector<Number> numbers_of(const models::RunSettings& settings, const Theme& theme) {
    const OptimizerSettings& optimizer = settings.optimizer;
    std::vector<Number> numbers;
    numbers.push_back(
        {{.id = "train.clip_norm",
          .label = "Clip norm",
          .value = settings.clip_norm,
          .min = 0,
          .max = 10,
          .step = 0.1,
          .field_width = kDecimalField,
          .text = settings.clip_norm > 0.0 ? "" : "off",
          .explanation = why(theme,
                             "The gradient of all weights together is shortened to this length "
                             "when it is longer; 0: never.")},
         "clip_norm"});
    numbers.push_back(
        {{.id = "train.label_smoothing",
          .label = "Smoothing",
          .value = settings.label_smoothing,
          .min = 0,
          .max = 0.5,
          .step = 0.01,
          .field_width = kDecimalField,
          .explanation = why(theme,
                             "Label smoothing: this share of the certainty is spread over all "
                             "classes. Evaluations leave it out.")},
         "label_smoothing"});
    numbers.push_back(
        {{.id = "train.dropout",
          .label = "Dropout",
          .value = settings.dropout,
          .min = 0,
          .max = models::kMostDropout,
          .step = 0.05,
          .field_width = kDecimalField,
          .text = settings.dropout > 0.0 ? "" : "off",
          .explanation = why(theme,
                             "While it trains, this share of the inputs of the last linear layer "
                             "is set to 0, others at each step. Evaluations leave it out.")},
         "dropout"});
    const auto share = [&](const char* id, const char* label, const char* name, double value) {
        numbers.push_back({{.id = id,
                            .label = label,
                            .value = value,
                            .min = 0,
                            .max = 0.999,
                            .step = 0.001,
                            .field_width = kDecimalField,
                            .explanation = why(theme,
                                               "The share of the mean so far that is kept at "
                                               "each step.")},
                           name,
                           true});
    };
    if (optimizer.type == OptimizerType::adam || optimizer.type == OptimizerType::adamw) {
        share("train.beta1", "Beta 1", "beta1", optimizer.beta1);
        share("train.beta2", "Beta 2", "beta2", optimizer.beta2);
    } else if (optimizer.type == OptimizerType::rmsprop) {
        share("train.alpha", "Alpha", "alpha", optimizer.alpha);
    }
    return numbers;
}

void draw_numbers(Context& context, Rows& rows) {
    for (const Number& number : numbers_of(context.model().settings, context.theme())) {
        const auto changed = slider(context.ui, number.spec, rows.next());
        if (changed && number.of_optimizer) {
            context.commands.push(
                models::commands::set_optimizer(number.name, std::clamp(*changed, 0.0, 0.99999)));
        } else if (changed && number.spec.id == std::string_view("train.dropout")) {
            context.commands.push(
                models::commands::choose_dropout(std::clamp(*changed, 0.0, models::kMostDropout)));
        } else if (changed) {
            context.commands.push(models::commands::set(number.name, std::max(0.0, *changed)));
        }
    }
}

void draw_threads(Context& context, Rect row) {
    const models::TrainModel& model = context.model();
    const int wanted = model.settings.threads;
    const auto typed = field_row(
        context,
        {.id = "train.threads",
         .label = "Threads",
         .value = static_cast<double>(wanted),
         .text = wanted == 0 ? "all" : "",
         .explanation = why(context.theme(),
                            "Threads that compute; 0: all. The result is the same, bit for bit.")},
        kDecimalField,
        row);
    if (typed) {
        context.commands.push(
            models::commands::set("threads", std::clamp(std::round(*typed), 0.0, 64.0)));
    }
}

void draw_seed(Context& context, Rect row) {
    const auto seed = field_row(
        context,
        {.id = "train.seed",
         .label = "Seed",
         .value = static_cast<double>(context.model().settings.seed),
         .explanation =
             why(context.theme(),
                 "The same seed gives the same run, bit for bit. Another one starts it afresh.")},
        kDecimalField,
        row);
    if (seed) {
        context.commands.push(models::commands::reset(
            static_cast<int>(std::clamp(std::round(*seed), 0.0, 2147483647.0))));
    }
}

void draw_fold(Context& context, Rect row) {
    const bool open = context.state.view.more_settings_open;
    const Theme& theme = context.theme();
    const Interaction act = interact(
        context.ui,
        {.id = "train.more", .label = "More settings", .value = open ? "open" : "folded"},
        row,
        why(theme, "Clipping, label smoothing, dropout, how the weights begin, threads and seed."));
    Canvas canvas = context.ui.canvas();
    const Color ink = act.hovered ? theme.t1 : theme.t2;
    canvas.icon(open ? Icon::kChevronDown : Icon::kChevronRight,
                {row.x + space::k8, row.center_y()},
                space::k16,
                ink);
    canvas.text({row.x + space::k24, row.center_y()}, "More settings", FontStyle::kBody, ink);
    if (act.focused) {
        canvas.focus_ring(row, radius::kControl);
    }
    if (act.clicked) {
        context.commands.push(models::commands::show_more_settings(!open));
    }
}

}  // namespace

float draw_course_panel(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    section_head(context.ui, where.x, where.y + space::k8, where.w, "The run");
    Rows rows({where.x, where.y + space::k20, where.w, 0});
    draw_epochs(context, rows.next());
    draw_goal(context, rows.next());
    draw_fold(context, rows.next());
    if (context.state.view.more_settings_open) {
        draw_numbers(context, rows);
        draw_initializer(context, rows.next(space::kSliderRow + space::k4));
        if (model.step > 0 && (model.begun_with != model.settings.initializer ||
                               model.built_dropout != model.settings.dropout)) {
            draw_reset_notice(context, rows.next());
        }
        draw_threads(context, rows.next());
        draw_seed(context, rows.next());
    }
    return space::k20 + rows.height();
}

}  // namespace convoscope::rooms::train
