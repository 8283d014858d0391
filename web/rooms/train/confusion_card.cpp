#include "web/rooms/train/confusion_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "web/models/room_commands.h"
#include "web/widgets/button.h"
#include "web/widgets/confusion_matrix.h"
#include "web/widgets/number_text.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kRowHeight = 24;
constexpr float kLeastAxis = 24;
constexpr float kShares = 50;    // the column of recalls
constexpr float kShareRow = 18;  // the row of precisions
constexpr float kRoomForDecimals = 30;
constexpr float kSplits = 148;

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

/// What the classes' names take to the left of the matrix.
float label_width(Context& context) {
    float width = kLeastAxis;
    for (const std::string& name : context.model().data.classes) {
        width = std::max(width, context.ui.canvas().width(name, FontStyle::kM12) + 2 * space::k8);
    }
    return width;
}

/// "96.8", or "97" where that is too wide; "–" where there is nothing to have a share of.
std::string share_text(const models::ClassShare& part, int decimals) {
    const auto share = part.share();
    if (!share) {
        return "–";
    }
    return *share == 1.0 ? "100" : decimal_text(100 * *share, decimals);
}

/// One figure at the matrix's edge, with its fraction.
void draw_share(Context& context,
                const std::string& measure,
                int label,
                const models::ClassShare& part,
                Rect where,
                int decimals) {
    const std::string id = "train." + measure + "." + std::to_string(label);
    const std::string fraction =
        measure + " " + integer_text(part.right) + " of " + integer_text(part.of);
    const auto share = part.share();
    explain(
        context,
        id.c_str(),
        measure + " of " + context.model().data.class_name(label),
        share ? percent_text(*share, 2) : "–",
        where,
        fraction + (measure == "recall" ? ": of this class's images, those that were read right."
                                        : ": of what was read as this class, what was right."));
    context.ui.canvas().text(where.center(),
                             share_text(part, decimals),
                             FontStyle::kM11,
                             context.theme().t2,
                             Align::kCenter);
}

/// Recall to the right of each row, precision below each column's name. `cells` is the matrix.
void draw_shares(Context& context, const models::Evaluation& evaluation, Rect cells, float pitch) {
    const float below = cells.bottom() + kLeastAxis;
    const int decimals = pitch >= kRoomForDecimals ? 1 : 0;
    for (int label = 0; label < evaluation.classes(); ++label) {
        const float along = pitch * static_cast<float>(label);
        draw_share(context,
                   "recall",
                   label,
                   recall_of(evaluation, label),
                   {cells.right(), cells.y + along, kShares, pitch},
                   1);
        draw_share(context,
                   "precision",
                   label,
                   precision_of(evaluation, label),
                   {cells.x + along, below, pitch, kShareRow},
                   decimals);
    }
    Canvas canvas = context.ui.canvas();
    const float x = cells.right() + kShares / 2;
    const Color quiet = context.theme().t3;
    canvas.text(
        {x, cells.bottom() + kLeastAxis / 2}, "recall", FontStyle::kMicro, quiet, Align::kCenter);
    canvas.text({x, below + kShareRow / 2}, "precision", FontStyle::kMicro, quiet, Align::kCenter);
}

/// Between the two splits, once both have been read.
bool draw_splits(Context& context, Rect& foot, const std::string& split) {
    const models::TrainModel& model = context.model();
    const auto is_there = [&](const std::vector<models::Evaluation>& list) {
        const models::Evaluation* last = model.present(list);
        return last != nullptr && !last->confusion.empty();
    };
    if (!is_there(model.validation) || !is_there(model.test)) {
        return false;
    }
    const std::array<Segment, 2> splits{{{"validation", "Validation"}, {"test", "Test"}}};
    if (const auto chosen = segmented(context.ui,
                                      "train.split",
                                      splits,
                                      split == "test" ? 1 : 0,
                                      foot.take_right(kSplits, space::k8))) {
        context.commands.push(models::commands::with(
            "show_confusion", "split", splits[static_cast<std::size_t>(*chosen)].id));
    }
    return true;
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
    Rect body = titled_card(context,
                            where,
                            "Confusion",
                            percent_text(evaluation->accuracy, 2) + " ± " +
                                decimal_text(100 * evaluation->half_interval(), 2) + " of " +
                                integer_text(evaluation->count) + " " + split + " images");
    Rect foot = body.take_bottom(kRowHeight, space::k4);
    const bool two = draw_splits(context, foot, split);
    const float axis = label_width(context);
    const auto cells = static_cast<float>(classes);
    const float most = std::max(34.0F, std::min(64.0F, 240.0F / cells));  // of few classes
    const float pitch = std::floor(std::min(
        {(body.w - axis - kShares) / cells, (body.h - kLeastAxis - kShareRow) / cells, most}));
    const float extent = pitch * cells;
    const Point at{body.x + axis + std::max(0.0F, (body.w - axis - extent - kShares) / 2), body.y};
    draw_shares(context, *evaluation, {at.x, at.y, extent, extent}, pitch);
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
                                 integer_text(misread_count(*evaluation, classes)) +
                                     (two ? " misread. Row: true. Column: read."
                                          : " misread. Row: the true class. Column: what was "
                                            "read."),
                                 FontStyle::kMicro,
                                 context.theme().t3);
    }
    if (result.chosen) {
        const bool again = row == view.true_class && column == view.predicted_class;
        context.commands.push(
            models::commands::select_confusion(again ? -1 : row, again ? -1 : column));
    }
}

}  // namespace convoscope::rooms::train
