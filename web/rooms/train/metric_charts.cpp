#include "web/rooms/train/metric_charts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "web/rooms/train/chart_tools.h"
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

std::vector<BandPoint> band_of(Context& context,
                               const models::MetricSeries& series,
                               const models::RunClock& clock,
                               double least) {
    std::vector<BandPoint> points;
    for (const models::CurvePoint& point :
         models::curve_points(series, clock, context.state.view.curves)) {
        points.push_back({.x = point.x,
                          .min = std::max(least, point.least),
                          .line = std::max(least, point.line),
                          .max = std::max(least, point.greatest)});
    }
    return points;
}

std::vector<LinePoint> line_of(Context& context,
                               const std::vector<models::Evaluation>& evaluations,
                               const models::RunClock& clock,
                               double models::Evaluation::* value) {
    std::vector<LinePoint> points;
    points.reserve(evaluations.size());
    for (const models::Evaluation& evaluation : evaluations) {
        const double x =
            clock.place(context.state.view.curves.axis, static_cast<double>(evaluation.step));
        if (std::isfinite(x)) {
            points.push_back({x, evaluation.*value});
        }
    }
    return points;
}

Span whole_axis(const Context& context) {
    return {0, models::axis_end(context.model(), context.state.view.curves.axis)};
}

/// What the reader looks at, as far as the run has it.
Span shown_span(const Context& context) {
    const models::ViewChoices& view = context.state.view;
    const models::RunClock& clock = context.model().clock;
    const Span whole = whole_axis(context);
    const Span wanted{clock.place(view.curves.axis, static_cast<double>(view.first_step)),
                      clock.place(view.curves.axis, static_cast<double>(view.last_step))};
    return wanted.last <= whole.last && wanted.length() > 0 ? wanted : whole;
}

/// Links speak of steps, whatever the axis is.
void take_wish(Context& context, const ChartResult& result) {
    if (!result.wanted) {
        return;
    }
    if (*result.wanted == whole_axis(context)) {
        context.commands.push(models::commands::show_steps(0, 0));
        return;
    }
    const auto step_at = [&](double place) {
        const models::RunClock& clock = context.model().clock;
        return clock.step_at(context.state.view.curves.axis, place);
    };
    const double first = std::floor(step_at(result.wanted->first));
    const double last = std::ceil(step_at(result.wanted->last));
    if (std::isfinite(first) && std::isfinite(last)) {
        context.commands.push(
            models::commands::show_steps(static_cast<int>(first), static_cast<int>(last)));
    }
}

/// What both charts have in common.
ChartSpec spec_of(const Context& context) {
    constexpr double kLeastSteps = 10;
    const models::TrainModel& model = context.model();
    const models::CurveView& view = context.state.view.curves;
    const Span shown = shown_span(context);
    const double now = model.clock.place(view.axis, static_cast<double>(model.step));
    const double least = model.clock.place(view.axis, static_cast<double>(model.last_step())) *
                         kLeastSteps / static_cast<double>(model.last_step());
    ChartSpec spec{};
    spec.smoothed = view.smoothing > 0;
    spec.x_min = shown.first;
    spec.x_max = shown.last;
    spec.whole = whole_axis(context);
    spec.now = now;
    switch (view.axis) {
        case models::RunAxis::step:
            spec.epoch_length = static_cast<double>(model.steps_per_epoch);
            break;
        case models::RunAxis::epoch:
            spec.epoch_length = 1;
            spec.x_form = PlaceForm::kDecimal;
            break;
        case models::RunAxis::time:
            spec.x_form = PlaceForm::kDuration;
            break;
    }
    spec.x_name = models::name_of(view.axis);
    spec.least_shown = std::isfinite(least) ? least : spec.least_shown;
    return spec;
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
            .points = line_of(context,
                              runs[i].validation,
                              runs[i].clock,
                              loss ? &models::Evaluation::loss : &models::Evaluation::accuracy)};
        if (curve.points.size() < kFewestValidations) {
            curve.points.clear();
            for (const BandPoint& point : band_of(
                     context, loss ? runs[i].loss : runs[i].accuracy, runs[i].clock, kLeastLoss)) {
                curve.points.push_back({point.x, point.line});
            }
        }
        curves.push_back(std::move(curve));
    }
    return curves;
}

void draw_loss(Context& context, Rect where, bool compact) {
    const models::TrainModel& model = context.model();
    const auto others = other_curves(context, true);
    const auto train = band_of(context, model.loss, model.clock, kLeastLoss);
    const auto held = line_of(context, model.validation, model.clock, &models::Evaluation::loss);
    const bool log = context.state.view.log_loss;
    ChartSpec spec = spec_of(context);
    spec.id = "train.loss";
    spec.title = "Loss, cross-entropy";
    spec.train = train;
    spec.held = held;
    spec.others = others;
    spec.train_headline = loss_text(recent_mean(model, model.loss));
    spec.held_headline = held_headline(model, true);
    spec.y_min = log ? least_loss(model) : 0.0;
    spec.y_max = 3.0;
    spec.log_y = log;
    spec.log_toggle = true;
    spec.compact = compact;
    spec.in_card = !compact;
    const ChartResult result = chart(context.ui, spec, where);
    take_wish(context, result);
    if (result.log_toggled) {
        context.commands.push(models::commands::set_log_loss(!log));
    }
}

void draw_accuracy(Context& context, Rect where, bool compact) {
    const models::TrainModel& model = context.model();
    const auto others = other_curves(context, false);
    const auto train = band_of(context, model.accuracy, model.clock, 0.0);
    const auto held =
        line_of(context, model.validation, model.clock, &models::Evaluation::accuracy);
    ChartSpec spec = spec_of(context);
    spec.id = "train.accuracy";
    spec.title = "Accuracy";
    spec.train = train;
    spec.held = held;
    spec.others = others;
    spec.train_headline = percent_text(recent_mean(model, model.accuracy), 1);
    spec.held_headline = held_headline(model, false);
    spec.y_min = least_accuracy(model);
    spec.y_max = 1.0;
    spec.percent = true;
    spec.compact = compact;
    spec.in_card = !compact;
    take_wish(context, chart(context.ui, spec, where));
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
    draw_chart_tools(context, body.take_bottom(chart_tools_height(body.w), space::k8));
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
    const std::int64_t untimed = model.clock.untimed_steps();
    const bool says_time = context.state.view.curves.axis == models::RunAxis::time && untimed > 0;
    canvas.clipped_text(
        {where.x + space::k24, where.center_y()},
        where.w - space::k24,
        (says_time ? "How long the first " + integer_text(untimed) + " steps took is not known. "
                   : std::string()) +
            "Train: mean and extremes of " + std::to_string(model.loss.bucket_steps()) +
            " batches. Validation: all " + integer_text(model.data.validation_count) +
            " held-out images.",
        FontStyle::kMicro,
        theme.t3);
}

}  // namespace convoscope::rooms::train
