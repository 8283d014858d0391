#include "web/app/chrome.h"

#include <array>
#include <optional>
#include <vector>

#include "web/widgets/button.h"
#include "web/widgets/chip.h"
#include "web/widgets/navigation.h"
#include "web/widgets/number_text.h"

namespace convoscope::app {

using namespace widgets;

namespace {

constexpr float kRailMedium = 56;

std::array<NavItem, 1> rooms() {
    return {NavItem{"room.train", "Train", Icon::kTrain}};
}

std::string subject(const models::TrainModel& train) {
    const std::string network = train.network.name.empty() ? "LeNet-5" : train.network.name;
    return train.data.name.empty() ? network : network + " on " + train.data.name;
}

Status status_of(const models::TrainModel& train) {
    if (train.status == models::RunStatus::diverged) {
        return Status::kError;
    }
    return train.engine.ready ? Status::kOk : Status::kNeutral;
}

void draw_theme_button(Ui& ui,
                       const models::AppState& state,
                       models::CommandQueue& commands,
                       Rect where) {
    const bool dark = state.view.theme == models::Theme::dark;
    if (icon_button(ui,
                    {.id = "app.theme",
                     .label = dark ? "Light theme" : "Dark theme",
                     .icon = dark ? Icon::kSun : Icon::kMoon,
                     .shortcut = "T"},
                    where)) {
        commands.push(
            models::commands::set_theme(dark ? models::Theme::light : models::Theme::dark));
    }
}

void draw_share_button(Ui& ui, models::CommandQueue& commands, Rect where) {
    if (icon_button(ui,
                    {.id = "app.share", .label = "Copy a link to this run", .icon = Icon::kShare},
                    where)) {
        commands.push(R"({"command":"copy_link"})");
    }
}

void draw_top_bar(Ui& ui,
                  const models::AppState& state,
                  const std::string& engine,
                  models::CommandQueue& commands,
                  Rect bar,
                  bool compact) {
    const models::TrainModel& train = state.train;
    const Theme& theme = *ui.theme;
    std::vector<Fact> facts{{subject(train), FontStyle::kMed, theme.t1}};
    if (train.network.parameters > 0) {
        facts.push_back(
            {integer_text(train.network.parameters) + " parameters", FontStyle::kBody, theme.t2});
    }
    facts.push_back({"seed " + std::to_string(train.settings.seed), FontStyle::kBody, theme.t3});
    top_bar(ui, bar, "Train", facts);
    Rect buttons = bar.inset(space::k16, (bar.h - space::kButton) / 2);
    draw_theme_button(ui, state, commands, buttons.take_right(space::kButton, space::k4));
    draw_share_button(ui, commands, buttons.take_right(space::kButton, space::k12));
    engine_pill(
        ui,
        {.id = "app.engine",
         .text = engine,
         .status = status_of(train),
         .compact = compact,
         .explanation = {{"The engine: " + train.engine.variant, FontStyle::kBody, theme.t2}}},
        {buttons.right(), buttons.center_y()});
}

Rect draw_phone_chrome(Ui& ui,
                       const models::AppState& state,
                       models::CommandQueue& commands,
                       Rect page) {
    const Rect bar = page.take_top(space::kPhoneBar);
    const Rect tabs = page.take_bottom(space::kPhoneTabs);
    phone_bar(ui, bar, "Train", subject(state.train));
    Rect buttons = bar.inset(space::k8, (bar.h - space::kTouchTarget) / 2);
    draw_theme_button(ui, state, commands, buttons.take_right(space::kTouchTarget));
    draw_share_button(ui, commands, buttons.take_right(space::kTouchTarget));
    const auto items = rooms();
    static_cast<void>(bottom_tabs(ui, items, 0, tabs));
    return page;
}

}  // namespace

Rect draw_chrome(Ui& ui,
                 const models::AppState& state,
                 const std::string& engine,
                 models::CommandQueue& commands,
                 Rect page) {
    if (page.w < breakpoint::kPhone) {
        return draw_phone_chrome(ui, state, commands, page);
    }
    const bool wide = page.w >= breakpoint::kWide;
    const Rect rail = page.take_left(wide ? space::kRail : kRailMedium);
    const auto items = rooms();
    static_cast<void>(nav_rail(ui, items, {}, 0, rail, wide));
    draw_top_bar(ui, state, engine, commands, page.take_top(space::kTopBar), !wide);
    return page;
}

}  // namespace convoscope::app
