#include "web/rooms/train/experiment_card.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "web/models/experiments.h"
#include "web/rooms/train/flow.h"
#include "web/rooms/train/runs_card.h"
#include "web/widgets/button.h"
#include "web/widgets/number_text.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kTitle = 28;
constexpr float kHead = 20;
constexpr float kRow = 24;
constexpr float kFigure = 76;
constexpr float kNarrowFigure = 56;
constexpr float kNarrow = 420;
constexpr float kClose = 28;

/// A paragraph of the card.
struct Words {
    std::string text;
    FontStyle style = FontStyle::kSmall;
    bool quiet = false;
};

std::vector<Words> words_above(const models::Experiment& experiment) {
    return {{.text = experiment.sentence}};
}

std::vector<Words> words_below(const models::Experiment& experiment,
                               const models::ExperimentRun& run) {
    std::vector<Words> words;
    if (run.on()) {
        words.push_back({.text = "Watch: " + experiment.watch});
    } else if (run.outcomes.size() == experiment.lanes.size()) {
        words.push_back({.text = experiment.lesson, .style = FontStyle::kSmallM});
    } else {
        words.push_back({.text = "You have taken over: the settings are yours."});
    }
    words.push_back({.text = experiment.source + ".", .style = FontStyle::kMicro, .quiet = true});
    return words;
}

float height_of(Context& context, const std::vector<Words>& words, float width) {
    float height = 0;
    for (const Words& each : words) {
        height += paragraph_height(context, each.text, each.style, width) + space::k4;
    }
    return height;
}

void draw_words(Context& context, const std::vector<Words>& words, Flow& flow) {
    const Theme& theme = context.theme();
    for (const Words& each : words) {
        flow.paragraph(each.text, each.style, each.quiet ? theme.t3 : theme.t2, space::k4);
    }
}

std::string figure_text(double accuracy, bool as_error) {
    return percent_text(as_error ? 1.0 - accuracy : accuracy, 2);
}

/// What the columns say of a lane.
struct Figures {
    std::string train = "–";
    std::string test = "–";
    std::string state;
};

Figures figures_of(const models::TrainModel& model,
                   const models::Experiment& experiment,
                   std::size_t lane) {
    const models::ExperimentRun& run = model.experiment;
    if (lane < run.outcomes.size()) {
        const models::LaneOutcome& outcome = run.outcomes[lane];
        if (!outcome.test_accuracy) {
            return {.state = "out of bounds at step " + integer_text(outcome.steps)};
        }
        return {.train = figure_text(outcome.train_accuracy, experiment.errors),
                .test = figure_text(*outcome.test_accuracy, experiment.errors),
                .state = {}};
    }
    if (!run.on() || lane > run.outcomes.size()) {
        return {.state = run.on() ? "to come" : "not run"};
    }
    if (model.step == 0) {
        return {.state = "begins"};
    }
    return {.state = "step " + integer_text(model.step) + " of " +
                     integer_text(std::max(model.total_steps(), model.step))};
}

/// Of some lane; else there is nothing to compare number by number.
bool has_reported_figures(const models::Experiment& experiment) {
    return std::ranges::any_of(experiment.lanes, [](const models::ExperimentLane& lane) {
        return !lane.reported.empty();
    });
}

float column_width(Rect row) {
    return row.w < kNarrow ? kNarrowFigure : kFigure;
}

void draw_columns_head(Context& context, const models::Experiment& experiment, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const float column = column_width(row);
    const auto head = [&](const char* text) {
        const Rect place = row.take_right(column);
        canvas.text(
            {place.right(), place.center_y()}, text, FontStyle::kMicro, theme.t3, Align::kRight);
    };
    if (has_reported_figures(experiment)) {
        head("reported");
    }
    head(experiment.errors ? "test error" : "test set");
    head(experiment.errors ? "train error" : "training");
}

/// A lane's colour on the charts: that of its run among the kept ones, or the present run's.
Color color_of_lane(const Context& context, const std::string& name) {
    const std::vector<models::KeptRun>& runs = context.model().kept_runs;
    if (context.model().run.given == name) {
        return context.theme().held;
    }
    for (std::size_t i = runs.size(); i-- > 0;) {
        if (runs[i].name.given == name) {
            return color_of_run(context.theme(), i);
        }
    }
    return context.theme().line3;
}

void draw_lane(Context& context, const models::Experiment& experiment, std::size_t lane, Rect row) {
    const Theme& theme = context.theme();
    Canvas canvas = context.ui.canvas();
    const models::ExperimentLane& of = experiment.lanes[lane];
    const Figures figures = figures_of(context.model(), experiment, lane);
    const std::string id = "experiment.lane." + std::to_string(lane);
    register_passive(
        context.ui,
        {.id = id,
         .label = of.name,
         .role = Role::kText,
         .value = figures.state.empty() ? "training " + figures.train + ", test " + figures.test
                                        : figures.state},
        row);
    const float column = column_width(row);
    const auto figure = [&](const std::string& text, Color color) {
        const Rect place = row.take_right(column);
        canvas.text({place.right(), place.center_y()}, text, FontStyle::kM12, color, Align::kRight);
    };
    if (has_reported_figures(experiment)) {
        figure(of.reported.empty() ? std::string("–") : of.reported, theme.t3);
    }
    if (figures.state.empty()) {
        figure(figures.test, theme.t1);
        figure(figures.train, theme.train);
    } else {
        const Rect place = row.take_right(2 * column);
        canvas.text({place.right(), place.center_y()},
                    figures.state,
                    FontStyle::kSmall,
                    theme.t3,
                    Align::kRight);
    }
    canvas.disc({row.x + space::k8, row.center_y()}, 4, color_of_lane(context, of.name));
    canvas.clipped_text({row.x + space::k20, row.center_y()},
                        row.w - space::k20 - space::k8,
                        of.name,
                        FontStyle::kSmall,
                        theme.t1);
}

std::string progress_text(const models::Experiment& experiment, const models::ExperimentRun& run) {
    const std::size_t lanes = experiment.lanes.size();
    if (run.outcomes.size() == lanes) {
        return "done";
    }
    return run.on()
               ? "run " + std::to_string(run.outcomes.size() + 1) + " of " + std::to_string(lanes)
               : "stopped";
}

void draw_title(Context& context, const models::Experiment& experiment, Rect row) {
    const Theme& theme = context.theme();
    const std::string progress = progress_text(experiment, context.model().experiment);
    register_passive(context.ui,
                     {.id = "experiment.title",
                      .label = experiment.title,
                      .role = Role::kStatus,
                      .value = progress},
                     row);
    if (icon_button(context.ui,
                    {.id = "experiment.close",
                     .label = "Close, with your own settings back",
                     .icon = Icon::kClose},
                    row.take_right(kClose, space::k8))) {
        context.commands.push(models::commands::plain("close_experiment"));
    }
    Canvas canvas = context.ui.canvas();
    canvas.text(
        {row.right(), row.center_y()}, progress, FontStyle::kSmall, theme.t3, Align::kRight);
    canvas.clipped_text({row.x, row.center_y()},
                        row.w - space::k48 - space::k32,
                        experiment.title,
                        FontStyle::kStrong,
                        theme.t1);
}

}  // namespace

float experiment_card_height(Context& context, float width) {
    const models::ExperimentRun& run = context.model().experiment;
    const models::Experiment* experiment = models::find_experiment(run.id);
    if (experiment == nullptr) {
        return 0;
    }
    const float inside = width - 2 * space::kCardPadding;
    return kTitle + height_of(context, words_above(*experiment), inside) + kHead +
           kRow * static_cast<float>(experiment->lanes.size()) + space::k8 +
           height_of(context, words_below(*experiment, run), inside) + 2 * space::kCardPadding;
}

void draw_experiment_card(Context& context, Rect where) {
    const models::ExperimentRun& run = context.model().experiment;
    const models::Experiment* experiment = models::find_experiment(run.id);
    if (experiment == nullptr) {
        return;
    }
    card(context.ui, where, context.theme().bg1);
    Flow flow(context, where.inset(space::kCardPadding));
    draw_title(context, *experiment, flow.take(kTitle));
    draw_words(context, words_above(*experiment), flow);
    draw_columns_head(context, *experiment, flow.take(kHead));
    for (std::size_t lane = 0; lane < experiment->lanes.size(); ++lane) {
        const Rect row = flow.take(kRow);
        context.ui.canvas().horizontal(row.x, row.right(), row.y, context.theme().line1);
        draw_lane(context, *experiment, lane, row);
    }
    flow.take(space::k8);
    draw_words(context, words_below(*experiment, run), flow);
}

}  // namespace convoscope::rooms::train
