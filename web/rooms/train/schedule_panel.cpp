#include "web/rooms/train/schedule_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "web/widgets/number_text.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kHead = 24;
constexpr float kCard = 44;
constexpr float kCardGap = 6;
constexpr float kCurve = 52;
constexpr float kHeadroom = 1.08F;  // over the highest rate
constexpr int kShapePoints = 25;
constexpr int kCurvePoints = 97;
constexpr float kDash = 4;

struct Choice {
    ScheduleType type;
    const char* id;
    const char* label;
    const char* narrow;  ///< where the label has no room
    const char* explanation;
};

constexpr std::array kChoices{
    Choice{ScheduleType::constant,
           "train.schedule.constant",
           "constant",
           "constant",
           "The rate stays."},
    Choice{ScheduleType::step,
           "train.schedule.step",
           "step",
           "step",
           "A tenth of the rate after each third of the run."},
    Choice{ScheduleType::cosine,
           "train.schedule.cosine",
           "cosine",
           "cosine",
           "Half a cosine from the rate down to 0 at the end of the run."},
    Choice{ScheduleType::one_cycle,
           "train.schedule.one_cycle",
           "one cycle",
           "1cycle",
           "Up from a twenty-fifth of the rate in the first third, then down to almost nothing."}};

/// The shape of a schedule, whatever the run: of 1 over 999 steps in 3 epochs.
double shape_at(ScheduleType type, double share) {
    constexpr Index kSteps = 999;
    return scheduled_rate({.type = type},
                          {.total_steps = kSteps, .steps_per_epoch = kSteps / 3},
                          1.0,
                          static_cast<Index>(share * (kSteps - 1)));
}

void draw_shape(Context& context, ScheduleType type, Rect box, Color color) {
    std::vector<Point> points;
    for (int i = 0; i < kShapePoints; ++i) {
        const float share = static_cast<float>(i) / (kShapePoints - 1);
        const auto rate = static_cast<float>(shape_at(type, static_cast<double>(share)));
        const float height = type == ScheduleType::constant ? 0.5F : rate;
        points.push_back({box.x + share * box.w, box.bottom() - height * box.h});
    }
    context.ui.canvas().polyline(points, color, stroke::kSelect);
}

void draw_choice(Context& context, const Choice& choice, Rect card) {
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    const bool selected = model.settings.schedule.type == choice.type;
    const bool fits = model.schedule_fits(choice.type);
    const std::string why =
        fits ? choice.explanation : "It goes by the length of the run: choose its epochs first.";
    const Interaction act = interact(context.ui,
                                     {.id = choice.id,
                                      .label = "Schedule: " + std::string(choice.label),
                                      .role = Role::kRadio,
                                      .disabled = !fits,
                                      .selected = selected},
                                     card,
                                     {{why, FontStyle::kBody, theme.t2}});
    Canvas canvas = context.ui.canvas();
    canvas.box(card,
               selected || act.hovered ? theme.bg3 : theme.bg2,
               selected ? theme.t1 : theme.line2,
               radius::kControl);
    const Color ink = !fits ? theme.line3 : selected ? theme.t1 : theme.t3;
    draw_shape(context, choice.type, {card.x + 8, card.y + 8, card.w - 16, 14}, ink);
    const bool has_room = canvas.width(choice.label, FontStyle::kMicro) <= card.w - space::k4;
    canvas.text({card.center_x(), card.bottom() - 12},
                has_room ? choice.label : choice.narrow,
                FontStyle::kMicro,
                ink,
                Align::kCenter);
    if (act.focused) {
        canvas.focus_ring(card, radius::kControl);
    }
    if (act.clicked && !selected) {
        context.commands.push(models::commands::set_schedule(choice.type));
    }
}

/// Rates over steps, where they are on the screen.
struct Curve {
    Rect plot;
    double steps = 1;
    double greatest = 0;

    [[nodiscard]] Point place(double step, double rate) const {
        const double height = greatest > 0 ? rate / (greatest * static_cast<double>(kHeadroom)) : 0;
        return {plot.x + static_cast<float>(step / steps) * plot.w,
                plot.bottom() - static_cast<float>(height) * plot.h};
    }
};

/// What is to come, dashed, from where the run is.
void draw_future(Context& context, const Curve& curve, const std::vector<double>& rates) {
    const double now = static_cast<double>(context.model().step);
    std::vector<Point> points;
    for (int i = 0; i < kCurvePoints; ++i) {
        const double step = curve.steps * i / (kCurvePoints - 1);
        if (step >= now) {
            points.push_back(curve.place(step, rates[static_cast<std::size_t>(i)]));
        }
    }
    Canvas canvas = context.ui.canvas();
    float drawn = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        // A dash is as long as the way along the curve, not as its points are apart.
        const float length =
            std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
        if (std::fmod(drawn, 2 * kDash) < kDash) {
            canvas.line(points[i - 1], points[i], context.theme().t3, stroke::kSelect);
        }
        drawn += length;
    }
}

void draw_past(Context& context, const Curve& curve) {
    std::vector<Point> points;
    for (const models::Bucket& bucket : context.model().learning_rates.buckets()) {
        const double middle =
            static_cast<double>(bucket.first_step) + static_cast<double>(bucket.count - 1) / 2;
        points.push_back(curve.place(middle, static_cast<double>(bucket.mean)));
    }
    context.ui.canvas().polyline(points, context.theme().t1, stroke::kCurve);
}

void draw_curve(Context& context, Rect box) {
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    canvas.box(box, theme.bg0, theme.line1, radius::kControl);
    const std::int64_t last = std::max<std::int64_t>({model.total_steps(), model.step, 1});
    Curve curve{.plot = box.inset(space::k8), .steps = static_cast<double>(last)};
    std::vector<double> rates;
    for (int i = 0; i < kCurvePoints; ++i) {
        rates.push_back(model.learning_rate_at((last - 1) * i / (kCurvePoints - 1)));
        curve.greatest = std::max(curve.greatest, rates.back());
    }
    for (const models::Bucket& bucket : model.learning_rates.buckets()) {
        curve.greatest = std::max(curve.greatest, static_cast<double>(bucket.greatest));
    }
    draw_future(context, curve, rates);
    draw_past(context, curve);
    const Point now = curve.place(static_cast<double>(model.step),
                                  model.learning_rate_at(std::max<std::int64_t>(0, model.step)));
    canvas.disc(now, 4, theme.bg0);
    canvas.disc(now, 3, theme.t1);
    explain(context,
            "train.schedule.curve",
            "Learning rate over the run",
            significant_text(model.learning_rate_at(model.step), 3) + " at step " +
                integer_text(model.step),
            box,
            "From the first step to the last: solid as it was, dashed as it will be.");
}

}  // namespace

float draw_schedule_panel(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float head = where.y + space::k8;
    canvas.text({where.x, head}, "Schedule", FontStyle::kBody, theme.t2);
    canvas.text(
        {where.right(), head},
        Runs{{"now ", FontStyle::kSmall, theme.t3},
             {significant_text(model.learning_rate_at(model.step), 3), FontStyle::kM12, theme.t1}},
        Align::kRight);
    const float y = where.y + kHead;
    const float width =
        (where.w - kCardGap * (kChoices.size() - 1)) / static_cast<float>(kChoices.size());
    float x = where.x;
    for (const Choice& choice : kChoices) {
        draw_choice(context, choice, {x, y, width, kCard});
        x += width + kCardGap;
    }
    if (model.settings.schedule.type == ScheduleType::constant) {
        return kHead + kCard;
    }
    draw_curve(context, {where.x, y + kCard + kCardGap, where.w, kCurve});
    return kHead + kCard + kCardGap + kCurve;
}

}  // namespace convoscope::rooms::train
