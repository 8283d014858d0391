#include "web/rooms/train/evaluation_cards.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>

#include "web/widgets/confusion_matrix.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRowHeight = 24;
constexpr float kLeastAxis = 24;

int misread_count(const models::Evaluation& evaluation, int classes) {
    int right = 0;
    for (int c = 0; c < classes; ++c) {
        right += evaluation.confusion[static_cast<std::size_t>(c * classes + c)];
    }
    return std::accumulate(evaluation.confusion.begin(), evaluation.confusion.end(), 0) - right;
}

void say_cell(Context& context,
              const models::Evaluation& evaluation,
              int classes,
              int row,
              int column,
              Point at) {
    const auto of_row = evaluation.confusion.begin() + row * classes;
    const int count = of_row[column];
    const int total = std::accumulate(of_row, of_row + classes, 0);
    const Theme& theme = context.theme();
    const models::DataSetState& data = context.model().data;
    const std::string text = "True " + data.class_name(row) + ", read as " +
                             data.class_name(column) + ": " + integer_text(count) + " of " +
                             integer_text(total);
    context.ui.canvas().text(at, text, FontStyle::kSmallM, row == column ? theme.ok : theme.err);
}

/// Half of Wilson's 95 % interval: also where all, or none, of a few images were read right.
double half_interval(const models::Evaluation& evaluation) {
    constexpr double kSquare = 1.96 * 1.96;
    const auto count = static_cast<double>(std::max<std::int64_t>(1, evaluation.count));
    const double spread = evaluation.accuracy * (1.0 - evaluation.accuracy) / count;
    return 1.96 * std::sqrt(spread + kSquare / (4.0 * count * count)) / (1.0 + kSquare / count);
}

/// What the classes' names take to the left of the matrix.
float label_width(Context& context) {
    float width = kLeastAxis;
    for (const std::string& name : context.model().data.classes) {
        width = std::max(width, context.ui.canvas().width(name, FontStyle::kM12) + 2 * space::k8);
    }
    return width;
}

}  // namespace

void draw_confusion_card(Context& context, Rect where) {
    const auto [evaluation, split] = context.model().newest_confusion();
    if (evaluation == nullptr) {
        const Rect body = titled_card(context, where, "Confusion");
        ghost(context,
              body,
              "What the network mistakes for what: filled by the first pass over held-out images.");
        return;
    }
    const int classes = evaluation->classes();
    const std::string caption = integer_text(misread_count(*evaluation, classes)) + " of " +
                                integer_text(evaluation->count) + " " + split +
                                " images are misread";
    Rect body = titled_card(context, where, "Confusion", caption);
    const Rect foot = body.take_bottom(space::k16);
    const float axis = label_width(context);
    const auto cells = static_cast<float>(classes);
    const float most = std::max(34.0F, std::min(64.0F, 240.0F / cells));  // of few classes
    const float pitch =
        std::floor(std::min({(body.w - axis) / cells, (body.h - kLeastAxis) / cells, most}));
    const float width = axis + pitch * static_cast<float>(classes);
    const Point at{body.x + axis + std::max(0.0F, (body.w - width - kLeastAxis) / 2), body.y};
    const models::ViewChoices& view = context.state.view;
    const ConfusionResult result = confusion_matrix(context.ui,
                                                    {.id = "train.confusion",
                                                     .classes = classes,
                                                     .counts = evaluation->confusion,
                                                     .class_names = context.model().data.classes,
                                                     .pitch = pitch,
                                                     .selected_row = view.true_class,
                                                     .selected_column = view.predicted_class},
                                                    at);
    const int row = result.row >= 0 ? result.row : view.true_class;
    const int column = result.row >= 0 ? result.column : view.predicted_class;
    if (row >= 0 && row < classes && column >= 0 && column < classes) {
        say_cell(context, *evaluation, classes, row, column, {foot.x, foot.center_y()});
    } else {
        context.ui.canvas().text({foot.x, foot.center_y()},
                                 "Row: the true class. Column: what the network read.",
                                 FontStyle::kMicro,
                                 context.theme().t3);
    }
    if (result.chosen) {
        const bool again = row == view.true_class && column == view.predicted_class;
        context.commands.push(
            models::commands::select_confusion(again ? -1 : row, again ? -1 : column));
    }
}

void draw_test_card(Context& context, Rect where) {
    const auto& test = context.model().test;
    Rect body = titled_card(context, where, "Test accuracy", "after each epoch");
    if (test.empty()) {
        ghost(context, body, "The test set stays closed until an epoch has ended.");
        return;
    }
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const auto fitting = static_cast<std::size_t>(std::max(1.0F, std::floor(body.h / kRowHeight)));
    const std::size_t first = test.size() - std::min(fitting, test.size());
    for (std::size_t i = first; i < test.size(); ++i) {
        const models::Evaluation& evaluation = test[i];
        const Rect row = body.take_top(kRowHeight);
        const bool last = i + 1 == test.size();
        const std::string value = percent_text(evaluation.accuracy, 2);
        const std::string interval = "± " + decimal_text(100 * half_interval(evaluation), 2);
        canvas.text({row.x, row.center_y()},
                    "epoch " + std::to_string(std::max<std::int64_t>(1, evaluation.epoch)),
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

}  // namespace convoscope::rooms::train
