#include "web/app/chrome.h"

#include <optional>
#include <vector>

#include "web/widgets/button.h"
#include "web/widgets/chip.h"
#include "web/widgets/navigation.h"

namespace convoscope::app {

using namespace widgets;

namespace {

constexpr float kRailMedium = 56;

struct Navigation {
    std::vector<NavItem> items;
    int current = 0;
};

Navigation navigation_of(const RoomTable& rooms, models::Room open) {
    Navigation navigation;
    for (const RoomEntry& entry : rooms.entries()) {
        if (entry.room == open) {
            navigation.current = static_cast<int>(navigation.items.size());
        }
        navigation.items.push_back(entry.item);
    }
    return navigation;
}

void open_chosen(const rooms::RoomFrame& frame, const RoomTable& rooms, std::optional<int> chosen) {
    if (chosen) {
        const RoomEntry& entry = rooms.entries()[static_cast<std::size_t>(*chosen)];
        frame.commands.push(models::commands::open_room(entry.room));
    }
}

Status status_of(const models::TrainModel& train) {
    if (train.status == models::RunStatus::diverged) {
        return Status::kError;
    }
    return train.engine.ready ? Status::kOk : Status::kNeutral;
}

void draw_theme_button(const rooms::RoomFrame& frame, Rect where) {
    const bool dark = frame.state.view.theme == models::Theme::dark;
    if (icon_button(frame.ui,
                    {.id = "app.theme",
                     .label = dark ? "Light theme" : "Dark theme",
                     .icon = dark ? Icon::kSun : Icon::kMoon,
                     .shortcut = "T"},
                    where)) {
        frame.commands.push(
            models::commands::set_theme(dark ? models::Theme::light : models::Theme::dark));
    }
}

void draw_share_button(const rooms::RoomFrame& frame, Rect where) {
    if (icon_button(frame.ui,
                    {.id = "app.share", .label = "Copy a link to this", .icon = Icon::kShare},
                    where)) {
        frame.commands.push(R"({"command":"copy_link"})");
    }
}

void draw_top_bar(const rooms::RoomFrame& frame,
                  const RoomEntry& room,
                  const std::string& engine,
                  Rect bar,
                  bool compact) {
    const models::TrainModel& train = frame.state.train;
    const Theme& theme = *frame.ui.theme;
    const rooms::Headline headline = room.view->headline(frame.state, theme);
    std::vector<Fact> facts{{headline.subject, FontStyle::kMed, theme.t1}};
    facts.insert(facts.end(), headline.facts.begin(), headline.facts.end());
    top_bar(frame.ui, bar, room.item.label, facts);
    Rect buttons = bar.inset(space::k16, (bar.h - space::kButton) / 2);
    draw_theme_button(frame, buttons.take_right(space::kButton, space::k4));
    draw_share_button(frame, buttons.take_right(space::kButton, space::k12));
    engine_pill(
        frame.ui,
        {.id = "app.engine",
         .text = engine,
         .status = status_of(train),
         .compact = compact,
         .explanation = {{"The engine: " + train.engine.variant, FontStyle::kBody, theme.t2}}},
        {buttons.right(), buttons.center_y()});
}

Rect draw_phone_chrome(const rooms::RoomFrame& frame, const RoomTable& rooms, Rect page) {
    const RoomEntry& room = rooms.at(frame.state.room);
    const Rect bar = page.take_top(space::kPhoneBar);
    const Rect tabs = page.take_bottom(space::kPhoneTabs);
    phone_bar(
        frame.ui, bar, room.item.label, room.view->headline(frame.state, *frame.ui.theme).subject);
    Rect buttons = bar.inset(space::k8, (bar.h - space::kTouchTarget) / 2);
    draw_theme_button(frame, buttons.take_right(space::kTouchTarget));
    draw_share_button(frame, buttons.take_right(space::kTouchTarget));
    const Navigation navigation = navigation_of(rooms, frame.state.room);
    open_chosen(frame, rooms, bottom_tabs(frame.ui, navigation.items, navigation.current, tabs));
    return page;
}

}  // namespace

Rect draw_chrome(const rooms::RoomFrame& frame,
                 const RoomTable& rooms,
                 const std::string& engine,
                 Rect page) {
    if (page.w < breakpoint::kPhone) {
        return draw_phone_chrome(frame, rooms, page);
    }
    const bool wide = page.w >= breakpoint::kWide;
    const Rect rail = page.take_left(wide ? space::kRail : kRailMedium);
    const Navigation navigation = navigation_of(rooms, frame.state.room);
    open_chosen(
        frame, rooms, nav_rail(frame.ui, navigation.items, {}, navigation.current, rail, wide));
    draw_top_bar(frame, rooms.at(frame.state.room), engine, page.take_top(space::kTopBar), !wide);
    return page;
}

}  // namespace convoscope::app
