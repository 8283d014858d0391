#include "web/rooms/train/run_strip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <imgui.h>

#include "web/rooms/train/data_card.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kFigures = 132;
constexpr float kBranch = 164;
constexpr float kBand = 44;
constexpr float kLabels = 24;
constexpr double kLeastLoss = 0.01;  // of the band's logarithmic height
constexpr double kGreatestLoss = 3.0;

std::string status_text(const models::TrainModel& model) {
    switch (model.status) {
        case models::RunStatus::paused:
            return model.is_back() ? "gone back" : model.step == 0 ? "not started" : "paused";
        case models::RunStatus::running:
            return "training";
        case models::RunStatus::waiting_for_data:
            return model.data.loading == models::DataSetState::Loading::running ? "waiting for data"
                                                                                : "images missing";
        case models::RunStatus::evaluating:
            return "evaluating";
        case models::RunStatus::diverged:
            return "diverged";
    }
    return {};
}

/// "validation images 42 %, 5 s to go"
std::string evaluating_text(const models::EvaluationProgress& evaluating) {
    return evaluating.split + " images " + percent_text(evaluating.share, 0) + ", " +
           to_go_text(evaluating.seconds_to_go);
}

std::string time_text(const models::TrainModel& model) {
    if (model.evaluating) {
        return evaluating_text(*model.evaluating);
    }
    const double left = model.seconds_to_go();
    std::string text = duration_text(model.clock.seconds());
    if (left > 0.0) {
        text += ", about " + duration_text(left) + " to go";
    }
    return text;
}

Runs step_runs(const models::TrainModel& model, const Theme& theme) {
    Runs runs{{integer_text(model.step), FontStyle::kM15, theme.t1}};
    if (model.total_steps() > 0) {
        runs.push_back({" / " + integer_text(model.total_steps()), FontStyle::kM12, theme.t3});
    }
    return runs;
}

/// Steps that the width of the band stands for.
double span_of(const models::TrainModel& model) {
    const auto total = static_cast<double>(model.total_steps());
    return std::max({total, static_cast<double>(model.last_step()), 1.0});
}

float place_of(const models::TrainModel& model, std::int64_t step, Rect band) {
    return band.x + static_cast<float>(static_cast<double>(step) / span_of(model)) * band.w;
}

/// Labels of the panes leave `reserved` free at the right end.
void draw_panes(Context& context, Rect band, float reserved) {
    const models::TrainModel& model = context.model();
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    const int epochs = std::max(1, model.settings.epochs);
    const float pane = band.w / static_cast<float>(epochs);
    for (int e = 0; e < epochs; ++e) {
        const float x = band.x + static_cast<float>(e) * pane;
        canvas.fill({x + 1, band.y, pane - 2, band.h}, theme.bg2, radius::kCell);
        const bool current = model.step > 0 && e == model.epoch;
        const int every = std::max(1, static_cast<int>(std::ceil(space::k48 / pane)));
        if (e % every == 0 && x + space::k48 < band.right() - reserved) {
            canvas.text({x + space::k4, band.bottom() + space::k12},
                        (pane > space::k48 + space::k8 ? "epoch " : "") + std::to_string(e + 1),
                        FontStyle::kMicro,
                        current ? theme.t1 : theme.t3);
        }
    }
}

void draw_loss(Context& context, Rect band) {
    const models::TrainModel& model = context.model();
    const auto buckets = model.loss.buckets();
    if (buckets.empty()) {
        return;
    }
    const std::vector<float> means = models::smoothed_means(buckets, 0.6F);
    const double span = span_of(model);
    std::vector<Point> curve;
    std::vector<Point> floor;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        const double middle =
            static_cast<double>(buckets[i].first_step) + static_cast<double>(buckets[i].count) / 2;
        const double loss = std::clamp(static_cast<double>(means[i]), kLeastLoss, kGreatestLoss);
        const double share = std::log(loss / kLeastLoss) / std::log(kGreatestLoss / kLeastLoss);
        const float x = band.x + static_cast<float>(middle / span) * band.w;
        curve.push_back(
            {x, band.bottom() - space::k4 - (band.h - space::k8) * static_cast<float>(share)});
        floor.push_back({x, band.bottom()});
    }
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    canvas.band(curve, floor, theme.t1.faded(0.22F), theme.t1.faded(0.02F));
    canvas.polyline(curve, theme.t2, stroke::kSelect);
}

/// The moments that one can go back to, as diamonds on the upper edge.
void draw_moments(Context& context, Rect band) {
    constexpr float kHalf = 5;
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    for (const models::Moment& moment : model.history.moments()) {
        const Point at{place_of(model, moment.step, band), band.y};
        const std::array<Point, 4> outer{{{at.x - kHalf, at.y},
                                          {at.x, at.y - kHalf},
                                          {at.x + kHalf, at.y},
                                          {at.x, at.y + kHalf}}};
        canvas.polygon(outer, moment.step == model.step ? theme.t1 : theme.bg1);
        canvas.polyline(std::array{outer[0], outer[1], outer[2], outer[3], outer[0]},
                        theme.t2,
                        stroke::kSelect);
    }
}

/// The moment whose place is nearest to the pointer.
std::optional<models::Moment> pointed_moment(const models::TrainModel& model, Rect band) {
    const float x = ImGui::GetIO().MousePos.x;
    const std::vector<models::Moment> moments = model.history.moments();
    const auto nearest = std::ranges::min_element(moments, {}, [&](const models::Moment& moment) {
        return std::abs(place_of(model, moment.step, band) - x);
    });
    return nearest == moments.end() ? std::nullopt : std::optional(*nearest);
}

/// Left of the end of the curve a drag goes to moments; the keys of the mirror too.
void scrub(Context& context, Rect band) {
    const models::TrainModel& model = context.model();
    const std::vector<models::Moment> moments = model.history.moments();
    const Interaction act = interact(
        context.ui,
        {.id = "train.run",
         .label = "Run: step",
         .role = Role::kSlider,
         .value = integer_text(model.step) + " of " + integer_text(model.total_steps()) + " steps",
         .min = 0,
         .max = static_cast<double>(model.last_step()),
         .now = static_cast<double>(model.step)},
        {band.x, band.y - space::k8, band.w, band.h + space::k8},
        {{"The whole run from left to right: the loss on a logarithmic height, hatched what is to "
          "come. Drag to a diamond: weights, filters and figures of then.",
          FontStyle::kBody,
          context.theme().t2}});
    std::optional<models::Moment> wanted;
    if (act.held && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        wanted = pointed_moment(model, band);
    }
    if (const auto value = context.ui.items.take_value("train.run")) {
        const bool back = *value < static_cast<double>(model.step);
        for (const models::Moment& moment : moments) {
            if (back ? moment.step < model.step : moment.step > model.step) {
                wanted = moment;
                if (!back) {
                    break;
                }
            }
        }
    }
    if (wanted && wanted->step != model.step) {
        context.commands.push(models::commands::scrub(wanted->id));
    }
    if (act.focused) {
        context.ui.canvas().focus_ring(band, radius::kCell);
    }
}

void draw_band(Context& context, Rect band, float reserved) {
    const models::TrainModel& model = context.model();
    Canvas canvas = context.ui.canvas();
    const Theme& theme = context.theme();
    draw_panes(context, band, reserved);
    const float end = place_of(model, model.last_step(), band);
    canvas.hatch({end, band.y, band.right() - end - 1, band.h}, theme.t3.faded(0.16F));
    draw_loss(context, band);
    const float now = place_of(model, model.step, band);
    if (model.is_back()) {
        canvas.fill({now, band.y, end - now, band.h}, theme.bg1.faded(0.6F));
    }
    draw_moments(context, band);
    if (model.last_step() > 0) {
        canvas.fill({now - 1, band.y - space::k4, 2, band.h + space::k8}, theme.t1, 1);
    }
    scrub(context, band);
}

/// Begins a run of its own where this one has been scrubbed back to.
void draw_branch(Context& context, Rect where) {
    const ButtonSpec spec{.id = "train.branch",
                          .label = "Branch from here",
                          .icon = Icon::kBranch,
                          .explanation = {{"A new run goes on from this step; this one stays in "
                                           "the list as it is.",
                                           FontStyle::kBody,
                                           context.theme().t2}}};
    if (button(context.ui, spec, where)) {
        context.commands.push(models::commands::plain("branch_here"));
    }
}

}  // namespace

void draw_run_strip(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect figures = where.take_left(kFigures, space::k8);
    const float top = where.y + (where.h - kBand - kLabels) / 2 + space::k4;
    canvas.clipped_text({figures.x, top + space::k12},
                        figures.w,
                        model.run.text() + ": " + status_text(model),
                        FontStyle::kStrong,
                        theme.t1);
    canvas.text({figures.x, top + space::k32 + space::k4}, step_runs(model, theme));
    if (model.is_back()) {
        const Rect side = where.take_right(kBranch, space::k16);
        draw_branch(context, {side.x, top + (kBand - space::kButton) / 2, side.w, space::kButton});
    }
    const Rect band{where.x, top, where.w, kBand};
    const bool timed = model.step > 0 || model.evaluating;
    const std::string time = timed ? time_text(model) : "";
    draw_band(context, band, canvas.width(time, FontStyle::kM11) + space::k8);
    canvas.text(
        {band.right(), band.bottom() + space::k12}, time, FontStyle::kM11, theme.t2, Align::kRight);
}

namespace {

/// The time it takes, or what it waits for before it begins.
std::string phone_status(const Context& context, float room) {
    const models::TrainModel& model = context.model();
    if (model.step > 0 || model.evaluating) {
        return time_text(model);
    }
    return model.data.complete() ? model.run.text() + ": " + status_text(model)
                                 : "Images: " + loading_text(context, room);
}

}  // namespace

void draw_phone_run_strip(Context& context, Rect where) {
    const models::TrainModel& model = context.model();
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const Rect figures = where.take_top(space::k24, space::k4);
    canvas.text({figures.x, figures.center_y()}, step_runs(model, theme));
    canvas.text({figures.right(), figures.center_y()},
                phone_status(context, figures.w / 2),
                FontStyle::kSmall,
                theme.t2,
                Align::kRight);
    draw_band(context, {where.x, where.y, where.w, where.h - kLabels}, 0);
}

}  // namespace convoscope::rooms::train
