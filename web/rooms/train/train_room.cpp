#include "web/rooms/train/train_room.h"

#include <algorithm>
#include <string_view>

#include "web/rooms/train/augmentation_panel.h"
#include "web/rooms/train/chart_tools.h"
#include "web/rooms/train/confusion_card.h"
#include "web/rooms/train/convolution_exhibit.h"
#include "web/rooms/train/course_panel.h"
#include "web/rooms/train/data_card.h"
#include "web/rooms/train/engine_card.h"
#include "web/rooms/train/experiment_card.h"
#include "web/rooms/train/experiments_list.h"
#include "web/rooms/train/health_card.h"
#include "web/rooms/train/metric_charts.h"
#include "web/rooms/train/mistakes_card.h"
#include "web/rooms/train/network_cards.h"
#include "web/rooms/train/optimizer_panel.h"
#include "web/rooms/train/own_stage.h"
#include "web/rooms/train/preprocessing_panel.h"
#include "web/rooms/train/run_strip.h"
#include "web/rooms/train/runs_card.h"
#include "web/rooms/train/slow_motion_stage.h"
#include "web/rooms/train/test_card.h"
#include "web/rooms/train/transport.h"
#include "web/rooms/train/watchdog_card.h"
#include "web/widgets/panel.h"

namespace convoscope::rooms::train {

using namespace widgets;

namespace {

constexpr float kLeftMedium = 256;
constexpr float kRight = 348;
constexpr float kRunStrip = 84;
constexpr float kChart = 250;
constexpr float kNote = 24;
constexpr float kEvaluation = 420;
constexpr float kTestCard = 132;
constexpr float kMistakes = 264;
constexpr float kReading = 220;
constexpr float kPhoneRunStrip = 96;
constexpr float kPhoneChart = 452;
constexpr float kPhoneTransport = 56;

/// Draws one view after another down a panel.
class Column {
  public:
    /// The scroll bar lies over the padding of the panel, so that both sides stay equal.
    Column(Rect content, Rect panel, float padding)
        : content_(content), y_(content.y + padding), padding_(padding) {
        content_.w = panel.w;
    }

    template <class View>
    void flow(Context& context, View view) {
        y_ += view(context, Rect{content_.x + padding_, y_, width(), 0}) + space::k24;
    }
    Rect place(float height, float gap = space::kCardGap) {
        const Rect rect{content_.x + padding_, y_, width(), height};
        y_ += height + gap;
        return rect;
    }
    [[nodiscard]] float width() const { return content_.w - 2 * padding_; }
    [[nodiscard]] float height() const { return y_ - content_.y; }

  private:
    Rect content_;
    float y_;
    float padding_;
};

void draw_transport_panel(Context& context, Rect rect, Side hairline) {
    begin_panel(context.ui,
                {.id = "transport",
                 .rect = rect,
                 .ground = context.theme().bg1,
                 .hairline_towards = hairline});
    draw_transport(context, rect.inset(space::kPanelPadding));
    end_panel();
}

void draw_settings(Context& context, Rect rect) {
    const Rect transport = rect.take_bottom(transport_height() + 2 * space::kPanelPadding);
    const Rect content = begin_panel(context.ui,
                                     {.id = "settings",
                                      .rect = rect,
                                      .ground = context.theme().bg1,
                                      .hairline_towards = Side::kRight,
                                      .scrolls = true});
    Column column(content, rect, space::kPanelPadding);
    column.flow(context, draw_data_card);
    column.flow(context, draw_optimizer_panel);
    column.flow(context, draw_augmentation_panel);
    column.flow(context, draw_course_panel);
    column.flow(context, draw_preprocessing_panel);
    end_panel(column.height());
    draw_transport_panel(context, transport, Side::kTop);
}

void draw_run(Context& context, Rect rect) {
    begin_panel(context.ui,
                {.id = "run",
                 .rect = rect,
                 .ground = context.theme().bg1,
                 .hairline_towards = Side::kBottom});
    draw_run_strip(context, rect.inset(space::k24, space::k8));
    end_panel();
}

void draw_inside(Context& context, Rect rect) {
    const Rect content = begin_panel(context.ui,
                                     {.id = "inside",
                                      .rect = rect,
                                      .ground = context.theme().bg1,
                                      .hairline_towards = Side::kLeft,
                                      .scrolls = true});
    Column column(content, rect, space::kPanelPadding);
    column.flow(context, draw_health_card);
    column.flow(context, draw_kernels);
    column.flow(context, draw_engine_card);
    column.flow(context, draw_feature_maps);
    column.flow(context, draw_network_summary);
    end_panel(column.height());
}

void draw_evaluations(Context& context, Rect row) {
    const Rect confusion =
        row.take_left(std::max(row.w * 0.58F, std::min(row.w, 300.0F)), space::kCardGap);
    draw_confusion_card(context, confusion);
    if (mistakes_are_open(context)) {
        if (context.state.view.true_class < 0) {
            draw_test_card(context, row.take_bottom(kTestCard, space::kCardGap));
        }
        draw_mistakes_card(context, row);
        return;
    }
    draw_test_card(context, row.take_bottom(kTestCard, space::kCardGap));
    draw_prediction_card(context, row);
}

/// Below the evaluations, where the mistakes took its place.
void place_reading(Context& context, Column& column) {
    if (mistakes_are_open(context)) {
        draw_prediction_card(context, column.place(kReading, space::k24));
    }
}

/// What stands above the curves and below them only when there is something to say.
void place_watchdog(Context& context, Column& column) {
    if (const float height = watchdog_card_height(context, column.width()); height > 0) {
        draw_watchdog_card(context, column.place(height));
    }
}
void place_experiment(Context& context, Column& column) {
    if (const float height = experiment_card_height(context, column.width()); height > 0) {
        draw_experiment_card(context, column.place(height));
    }
}
void place_chart_tools(Context& context, Column& column) {
    draw_chart_tools(context, column.place(chart_tools_height(column.width()), space::k8));
}
void place_runs(Context& context, Column& column) {
    if (const float height = runs_card_height(context); height > 0) {
        draw_runs_card(context, column.place(height));
    }
}

bool shows(const Context& context, std::string_view part) {
    return !context.state.view.hidden.has(part);
}

/// Left panel and run strip; the transport stays when the settings are hidden.
void draw_frame(Context& context, Rect& stage, float panel_width) {
    if (shows(context, "settings")) {
        draw_settings(context, stage.take_left(panel_width));
    } else {
        draw_transport_panel(
            context, stage.take_bottom(transport_height() + 2 * space::kPanelPadding), Side::kTop);
    }
    if (shows(context, "run")) {
        draw_run(context, stage.take_top(kRunStrip));
    }
}

/// In place of the curves, the whole stage, when it is open.
bool draw_opened(Context& context, Rect stage, float padding) {
    const models::ViewChoices& view = context.state.view;
    float (*draw)(Context&, Rect) = nullptr;
    const char* id = "exhibit";
    if (context.model().slow_motion.open) {
        draw = draw_slow_motion;
        id = "slow";
    } else if (context.state.own.open) {
        draw = draw_own_stage;
        id = "own";
    } else if (view.experiments_open) {
        draw = draw_experiments_list;
        id = "experiments";
    } else if (view.exhibit_open) {
        draw = draw_convolution_exhibit;
    }
    if (draw == nullptr) {
        return false;
    }
    const Rect content = begin_panel(context.ui, {.id = id, .rect = stage, .scrolls = true});
    Column column(content, stage, padding);
    column.flow(context, draw);
    end_panel(column.height());
    return true;
}

void draw_wide(Context& context, Rect stage) {
    draw_frame(context, stage, space::kPanelLeft);
    if (shows(context, "inside")) {
        draw_inside(context, stage.take_right(kRight));
    }
    if (draw_opened(context, stage, space::k24)) {
        return;
    }
    const Rect content = begin_panel(context.ui, {.id = "stage", .rect = stage, .scrolls = true});
    Column column(content, stage, space::k24);
    place_watchdog(context, column);
    place_experiment(context, column);
    if (shows(context, "charts")) {
        place_chart_tools(context, column);
        Rect charts = column.place(kChart, space::k4);
        const float half = (charts.w - space::kCardGap) / 2;
        draw_loss_chart(context, charts.take_left(half, space::kCardGap));
        draw_accuracy_chart(context, charts);
        draw_chart_note(context, column.place(kNote, space::k4));
        place_runs(context, column);
    }
    if (shows(context, "evaluation")) {
        const float left = content.h - column.height() - space::k24;
        draw_evaluations(context, column.place(std::max(kEvaluation, left), space::k24));
        place_reading(context, column);
    }
    end_panel(column.height());
}

void flow_inside(Context& context, Column& column) {
    if (shows(context, "inside")) {
        column.flow(context, draw_health_card);
        column.flow(context, draw_engine_card);
        column.flow(context, draw_kernels);
        column.flow(context, draw_feature_maps);
        column.flow(context, draw_network_summary);
    }
}

void draw_medium(Context& context, Rect stage) {
    draw_frame(context, stage, kLeftMedium);
    if (draw_opened(context, stage, space::k16)) {
        return;
    }
    const Rect content = begin_panel(context.ui, {.id = "stage", .rect = stage, .scrolls = true});
    Column column(content, stage, space::k16);
    place_watchdog(context, column);
    place_experiment(context, column);
    if (shows(context, "charts")) {
        place_chart_tools(context, column);
        draw_loss_chart(context, column.place(kChart));
        draw_accuracy_chart(context, column.place(kChart, space::k4));
        draw_chart_note(context, column.place(kNote, space::k4));
        place_runs(context, column);
    }
    if (shows(context, "evaluation")) {
        draw_evaluations(context, column.place(kEvaluation));
        place_reading(context, column);
    }
    flow_inside(context, column);
    end_panel(column.height());
}

void draw_phone_column(Context& context, Rect rect) {
    const Rect content = begin_panel(context.ui, {.id = "stage", .rect = rect, .scrolls = true});
    Column column(content, rect, space::k16);
    place_watchdog(context, column);
    place_experiment(context, column);
    if (shows(context, "run")) {
        draw_phone_run_strip(context, column.place(kPhoneRunStrip));
    }
    if (shows(context, "settings")) {
        draw_phone_ways_in(context, column.place(space::kButton));
    }
    if (shows(context, "charts")) {
        draw_phone_charts(context, column.place(kPhoneChart));
        place_runs(context, column);
    }
    if (shows(context, "evaluation")) {
        draw_confusion_card(context, column.place(column.width() + space::k32));
        if (mistakes_are_open(context)) {
            draw_mistakes_card(context, column.place(kMistakes));
        }
        draw_prediction_card(context, column.place(kChart));
        draw_test_card(context, column.place(kTestCard, space::k24));
    }
    if (shows(context, "settings")) {
        column.flow(context, draw_data_card);
    }
    flow_inside(context, column);
    end_panel(column.height());
}

void draw_tuning_sheet(Context& context, Rect rect) {
    const Rect content = begin_panel(context.ui,
                                     {.id = "tuning",
                                      .rect = rect,
                                      .ground = context.theme().bg1,
                                      .hairline_towards = Side::kTop,
                                      .scrolls = true});
    Column column(content, rect, space::k16);
    column.flow(context, draw_optimizer_panel);
    column.flow(context, draw_augmentation_panel);
    column.flow(context, draw_course_panel);
    column.flow(context, draw_preprocessing_panel);
    end_panel(column.height());
}

void draw_phone(Context& context, Rect stage) {
    const Rect transport = stage.take_bottom(kPhoneTransport);
    if (context.state.view.tuning_open && shows(context, "settings")) {
        draw_tuning_sheet(context, stage);
    } else if (!draw_opened(context, stage, space::k16)) {
        draw_phone_column(context, stage);
    }
    begin_panel(context.ui, {.id = "transport", .rect = transport, .ground = context.theme().bg0});
    draw_phone_transport(context, transport.inset(space::k16, space::k4));
    end_panel();
}

}  // namespace

void draw_train_room(Context& context, Rect stage, float page_width) {
    if (page_width >= breakpoint::kWide) {
        draw_wide(context, stage);
    } else if (page_width >= breakpoint::kPhone) {
        draw_medium(context, stage);
    } else {
        draw_phone(context, stage);
    }
}

}  // namespace convoscope::rooms::train
