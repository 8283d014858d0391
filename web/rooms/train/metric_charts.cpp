#include "web/rooms/train/metric_charts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "web/rooms/train/runs_card.h"
#include "web/widgets/chart.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"
#include "web/widgets/segmented.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr std::size_t kFewestValidations = 4;  // that make a curve
constexpr std::size_t kHeadlineSteps = 30;     // as many batches as one can read a mean from
constexpr double kLeastLoss = 1e-3;            // that is drawn

std::vector<BandPoint> band_of(const models::MetricSeries& series, double least) {
    std::vector<BandPoint> points;
    points.reserve(series.buckets().size());
    for (const models::Bucket& bucket : series.buckets()) {
        const auto at_least = [&](float value) {
            return std::max(least, static_cast<double>(value));
        };
        points.push_back(
            {.x = static_cast<double>(bucket.first_step) + static_cast<double>(bucket.count) / 2,
             .min = at_least(bucket.least),
             .mean = at_least(bucket.mean),
             .max = at_least(bucket.greatest)});
    }
    return points;
}

std::vector<LinePoint> line_of(const std::vector<models::Evaluation>& evaluations,
                               double models::Evaluation::* value) {
    std::vector<LinePoint> points;
    points.reserve(evaluations.size());
    for (const models::Evaluation& evaluation : evaluations) {
        points.push_back({static_cast<double>(evaluation.step), evaluation.*value});
    }
    return points;
}

/// The end of the step axis: the whole run, or what it has become.
double last_step(const models::TrainModel& model) {
    return static_cast<double>(
        std::max({model.total_steps(), model.last_step(), std::int64_t{100}}));
}

Span whole_run(const models::TrainModel& model) {
    return {0, last_step(model)};
}

/// What the reader looks at, as far as the run has it.
Span shown_steps(const Context& context) {
    const models::ViewChoices& view = context.state.view;
    const Span whole = whole_run(context.model());
    const Span wanted{static_cast<double>(view.first_step), static_cast<double>(view.last_step)};
    return wanted.last <= whole.last && wanted.length() > 0 ? wanted : whole;
}

void take_wish(Context& context, const ChartResult& result) {
    if (result.wanted) {
        const bool all = *result.wanted == whole_run(context.model());
        const auto first = static_cast<int>(std::floor(result.wanted->first));
        const auto last = static_cast<int>(std::ceil(result.wanted->last));
        context.commands.push(models::commands::show_steps(all ? 0 : first, all ? 0 : last));
    }
}

/// The lower end of the accuracy axis: it follows the run so that the top per cents stay legible.
double least_accuracy(const models::TrainModel& model) {
    const double recent = static_cast<double>(model.accuracy.mean_of_last(kHeadlineSteps));
    return recent > 0.97 ? 0.88 : recent > 0.9 ? 0.7 : recent > 0.7 ? 0.4 : 0.0;
}

/// That of the logarithmic loss axis: it follows the run down.
double least_loss(const models::TrainModel& model) {
    const double recent = static_cast<double>(model.loss.mean_of_last(kHeadlineSteps));
    return recent < 0.02 ? kLeastLoss : 10 * kLeastLoss;
}

bool ghosted(Context& context, Rect where, const std::string& title, const std::string& sentence) {
    if (!context.model().loss.empty()) {
        return false;
    }
    const Rect body = titled_card(context, where, title);
    ghost(context, body, sentence);
    return true;
}

std::string loss_text(double loss) {
    constexpr double kMostWithDecimals = 1000.0;
    return loss < kMostWithDecimals ? decimal_text(loss, 3) : significant_text(loss, 3);
}

std::string held_headline(const models::TrainModel& model, bool loss) {
    const models::Evaluation* last = model.present(model.validation);
    if (last == nullptr) {
        return {};
    }
    return loss ? loss_text(last->loss) : percent_text(last->accuracy, 2);
}

/// Of the steps before the one that the run is at.
double recent_mean(const models::TrainModel& model, const models::MetricSeries& series) {
    return static_cast<double>(
        series.mean_before(static_cast<std::size_t>(model.step), kHeadlineSteps));
}

/// The kept runs that are to be seen: their validations, or the means of training where a run has
/// too few.
std::vector<OtherCurve> other_curves(Context& context, bool loss) {
    std::vector<OtherCurve> curves;
    const auto& runs = context.model().kept_runs;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i].shown) {
            continue;
        }
        OtherCurve curve{
            .name = runs[i].name.text(),
            .color = color_of_run(context.theme(), i),
            .points = line_of(runs[i].validation,
                              loss ? &models::Evaluation::loss : &models::Evaluation::accuracy)};
        if (curve.points.size() < kFewestValidations) {
            curve.points.clear();
            for (const BandPoint& point :
                 band_of(loss ? runs[i].loss : runs[i].accuracy, kLeastLoss)) {
                curve.points.push_back({point.x, point.mean});
            }
        }
        curves.push_back(std::move(curve));
    }
    return curves;
}

void draw_loss(Context& context, Rect where, bool compact) {
    const models::TrainModel& model = context.model();
    const auto others = other_curves(context, true);
    const auto train = band_of(model.loss, kLeastLoss);
    const auto held = line_of(model.validation, &models::Evaluation::loss);
    const bool log = context.state.view.log_loss;
    const Span shown = shown_steps(context);
    const ChartResult result = chart(context.ui,
                                     {.id = "train.loss",
                                      .title = "Loss, cross-entropy",
                                      .train = train,
                                      .held = held,
                                      .others = others,
                                      .train_headline = loss_text(recent_mean(model, model.loss)),
                                      .held_headline = held_headline(model, true),
                                      .x_min = shown.first,
                                      .x_max = shown.last,
                                      .whole = whole_run(model),
                                      .y_min = log ? least_loss(model) : 0.0,
                                      .y_max = 3.0,
                                      .log_y = log,
                                      .epoch_steps = static_cast<double>(model.steps_per_epoch),
                                      .now = static_cast<double>(model.step),
                                      .log_toggle = !compact,
                                      .compact = compact,
                                      .in_card = !compact},
                                     where);
    take_wish(context, result);
    if (result.log_toggled) {
        context.commands.push(models::commands::set_log_loss(!log));
    }
}

void draw_accuracy(Context& context, Rect where, bool compact) {
    const models::TrainModel& model = context.model();
    const auto others = other_curves(context, false);
    const auto train = band_of(model.accuracy, 0.0);
    const auto held = line_of(model.validation, &models::Evaluation::accuracy);
    const Span shown = shown_steps(context);
    const ChartResult result =
        chart(context.ui,
              {.id = "train.accuracy",
               .title = "Accuracy",
               .train = train,
               .held = held,
               .others = others,
               .train_headline = percent_text(recent_mean(model, model.accuracy), 1),
               .held_headline = held_headline(model, false),
               .x_min = shown.first,
               .x_max = shown.last,
               .whole = whole_run(model),
               .y_min = least_accuracy(model),
               .y_max = 1.0,
               .percent = true,
               .epoch_steps = static_cast<double>(model.steps_per_epoch),
               .now = static_cast<double>(model.step),
               .compact = compact,
               .in_card = !compact},
              where);
    take_wish(context, result);
}

void draw_headlines(Context& context, Rect row) {
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    struct Figure {
        const char* id;
        std::string value;
        const char* caption;
        Color color;
        const char* why;
    };
    const auto known = [](std::string text) { return text.empty() ? std::string("–") : text; };
    const std::array figures{
        Figure{"train.figure.accuracy",
               known(held_headline(model, false)),
               "val. accuracy",
               theme.held,
               "Share of the held-out validation images that the network reads right."},
        Figure{"train.figure.loss",
               known(held_headline(model, true)),
               "val. loss",
               theme.held,
               "Mean cross-entropy of the held-out validation images."},
        Figure{
            "train.figure.speed",
            known(model.step > 0 ? integer_text(std::llround(model.engine.images_per_second)) : ""),
            "images / s",
            theme.t1,
            "Training images that went forward and backward in one second."}};
    const float width = (row.w - 2 * space::k8) / 3;
    for (const Figure& figure : figures) {
        const Rect box = row.take_left(width, space::k8);
        card(context.ui, box, theme.bg1);
        Canvas canvas = context.ui.canvas();
        canvas.text(
            {box.x + space::k12, box.y + space::k24}, figure.value, FontStyle::kM18, figure.color);
        canvas.text({box.x + space::k12, box.bottom() - space::k16},
                    figure.caption,
                    FontStyle::kMicro,
                    theme.t3);
        explain(context, figure.id, figure.caption, figure.value, box, figure.why);
    }
}

}  // namespace

void draw_loss_chart(Context& context, Rect where) {
    if (!ghosted(
            context,
            where,
            "Loss, cross-entropy",
            "Here a network learns, in this tab and from real pictures; nothing leaves your "
            "computer. Press Start training, or the space key, and turn its dials on the way.")) {
        draw_loss(context, where, false);
    }
}

void draw_accuracy_chart(Context& context, Rect where) {
    if (!ghosted(
            context,
            where,
            "Accuracy",
            "How many of the held-out pictures it reads right: the curve begins with the first "
            "batch.")) {
        draw_accuracy(context, where, false);
    }
}

void draw_phone_charts(Context& context, Rect where) {
    draw_headlines(context, where.take_top(space::k48 + space::k12, space::k12));
    const Theme& theme = context.theme();
    card(context.ui, where, theme.bg1);
    Rect body = where.inset(space::k8);
    Rect head = body.take_top(space::kSegmented, space::k8);
    const std::array segments{Segment{"accuracy", "Accuracy"}, Segment{"loss", "Loss"}};
    const bool loss = context.state.view.chart == "loss";
    if (const auto chosen = segmented(context.ui,
                                      "train.chart",
                                      segments,
                                      loss ? 1 : 0,
                                      head.take_left(head.w / 2, space::k16))) {
        context.commands.push(models::commands::show_chart(*chosen == 1 ? "loss" : "accuracy"));
    }
    Canvas canvas = context.ui.canvas();
    const auto legend = [&](float right, const char* name, Color color) {
        const float width = canvas.width(name, FontStyle::kSmall);
        canvas.text({right, head.center_y()}, name, FontStyle::kSmall, theme.t2, Align::kRight);
        canvas.disc({right - width - space::k8, head.center_y()}, space::k4, color);
        return right - width - space::k24;
    };
    legend(legend(head.right(), "validation", theme.held), "train", theme.train);
    if (context.model().loss.empty()) {
        ghost(context, body, "Its curve begins with the first batch: press Start training.");
    } else if (loss) {
        draw_loss(context, body, true);
    } else {
        draw_accuracy(context, body, true);
    }
}

void draw_chart_note(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    if (model.loss.empty()) {
        return;
    }
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    canvas.icon(Icon::kInfo, {where.x + space::k8, where.center_y()}, space::k16, theme.t3);
    canvas.clipped_text({where.x + space::k24, where.center_y()},
                        where.w - space::k24,
                        "Train: mean and extremes of " + std::to_string(model.loss.bucket_steps()) +
                            " batches. Validation: all " +
                            integer_text(model.data.validation_count) + " held-out images.",
                        FontStyle::kMicro,
                        theme.t3);
}

}  // namespace convoscope::rooms::train
