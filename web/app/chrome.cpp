#include "web/app/chrome.h"

#include <array>
#include <optional>
#include <vector>

#include "web/widgets/button.h"
#include "web/widgets/chip.h"
#include "web/widgets/navigation.h"
#include "web/widgets/select.h"

namespace convoscope::app {

using namespace widgets;
using rooms::RoomFrame;

namespace {

constexpr float kRailMedium = 56;
constexpr const char* kMoreMenu = "app.more.menu";

const std::array kFoot{NavItem{"app.settings", "Settings", Icon::kSettings}};

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

void push(const RoomFrame& frame, const char* command) {
    frame.commands.push(models::commands::plain(command));
}

/// Rooms first, then what stands at the foot.
void open_chosen(const RoomFrame& frame, const RoomTable& rooms, std::optional<int> chosen) {
    if (!chosen) {
        return;
    }
    const auto index = static_cast<std::size_t>(*chosen);
    if (index < rooms.entries().size()) {
        frame.commands.push(models::commands::open_room(rooms.entries()[index].room));
    } else {
        push(frame, "open_settings");
    }
}

widgets::Status status_of(const models::TrainModel& train) {
    if (train.status == models::RunStatus::diverged) {
        return widgets::Status::kError;
    }
    return train.engine.ready ? widgets::Status::kOk : widgets::Status::kNeutral;
}

bool is_dark(const RoomFrame& frame) {
    return frame.state.page.appearance().theme == models::Theme::dark;
}

void draw_tool(const RoomFrame& frame,
               const IconButtonSpec& spec,
               const char* command,
               Rect& row,
               float size) {
    if (icon_button(frame.ui, spec, row.take_right(size, space::k4))) {
        push(frame, command);
    }
}

void draw_theme_tool(const RoomFrame& frame, Rect& row) {
    const bool dark = is_dark(frame);
    if (icon_button(frame.ui,
                    {.id = "app.theme",
                     .label = dark ? "Light theme" : "Dark theme",
                     .icon = dark ? Icon::kSun : Icon::kMoon,
                     .shortcut = "T"},
                    row.take_right(space::kButton, space::k4))) {
        toggle_theme(frame);
    }
}

/// A button with its word where there is room for it, and where it stands.
Rect draw_worded(
    const RoomFrame& frame, const IconButtonSpec& spec, const char* command, Rect& row, bool word) {
    const float width = word ? button_width(frame.ui, spec.label, true) : space::kButton;
    const Rect where = row.take_right(width, word ? space::k8 : space::k4);
    const bool pressed =
        word ? button(frame.ui, {.id = spec.id, .label = spec.label, .icon = spec.icon}, where)
             : icon_button(frame.ui, spec, where);
    if (pressed) {
        push(frame, command);
    }
    return where;
}

/// Undo and redo, share, export, theme; in a frame also the way to a tab of one's own. `row` keeps
/// what is left.
void draw_tools(const RoomFrame& frame, Rect& row, bool words, ChromeLayout& layout) {
    const models::PageState& page = frame.state.page;
    if (page.embedded) {
        draw_tool(frame,
                  {.id = "app.open_alone", .label = "Open in its own tab", .icon = Icon::kLink},
                  "open_alone",
                  row,
                  space::kButton);
    }
    draw_theme_tool(frame, row);
    layout.export_button =
        draw_worded(frame,
                    {.id = "app.export", .label = "Export", .icon = Icon::kExport},
                    "open_export",
                    row,
                    words);
    layout.share = draw_worded(frame,
                               {.id = "app.share", .label = "Share", .icon = Icon::kShare},
                               "open_share",
                               row,
                               words);
    draw_tool(frame,
              {.id = "app.open", .label = "Open a picture or a checkpoint", .icon = Icon::kOpen},
              "open_file",
              row,
              space::kButton);
    row.take_right(0, space::k4);
    draw_tool(frame,
              {.id = "app.redo",
               .label = "Redo",
               .icon = Icon::kRedo,
               .disabled = !page.can_redo,
               .shortcut = "Ctrl Shift Z"},
              "redo",
              row,
              space::kButton);
    draw_tool(frame,
              {.id = "app.undo",
               .label = "Undo",
               .icon = Icon::kUndo,
               .disabled = !page.can_undo,
               .shortcut = "Ctrl Z"},
              "undo",
              row,
              space::kButton);
}

/// As many of the facts as have room.
std::vector<Fact> fitting_facts(const RoomFrame& frame,
                                const rooms::Headline& headline,
                                float room) {
    constexpr float kGap = space::k12;
    std::vector<Fact> facts;
    float width = 0;
    const auto add = [&](const Fact& fact) {
        width += frame.ui.fonts.width(fact.style, fact.text) + kGap;
        if (width <= room) {
            facts.push_back(fact);
        }
    };
    add({headline.subject, FontStyle::kMed, frame.ui.theme->t1});
    for (const Fact& fact : headline.facts) {
        add(fact);
    }
    return facts;
}

void draw_top_bar(const RoomFrame& frame,
                  const RoomEntry& room,
                  const Works& works,
                  Rect bar,
                  bool wide,
                  ChromeLayout& layout) {
    const Theme& theme = *frame.ui.theme;
    top_bar(frame.ui, bar);
    Rect row = bar.inset(space::k16, (bar.h - space::kButton) / 2);
    draw_tools(frame, row, wide, layout);
    row.take_right(0, space::k12);
    const bool offline = !works.has_network;
    const std::string why = "The engine: " + frame.state.train.engine.variant +
                            (offline ? ". There is no network, and none is needed." : "");
    const float pill = engine_pill(frame.ui,
                                   {.id = "app.engine",
                                    .text = works.engine,
                                    .status = status_of(frame.state.train),
                                    .compact = !wide,
                                    .offline = offline,
                                    .explanation = {{why, FontStyle::kBody, theme.t2}}},
                                   {row.right(), row.center_y()})
                           .width;
    const rooms::Headline headline = room.view->headline(frame.state, theme);
    const float name = frame.ui.fonts.width(FontStyle::kLeadS, room.item.label);
    const float left = row.w - pill - name - space::k48;
    draw_headline(frame.ui, bar, room.item.label, fitting_facts(frame, headline, left));
}

/// What has no place in the phone's bar.
void draw_more_menu(const RoomFrame& frame, Rect button) {
    const bool dark = is_dark(frame);
    const models::PageState& page = frame.state.page;
    const std::array rows{
        Option{"undo", "Undo", {}, Icon::kUndo, !page.can_undo},
        Option{"redo", "Redo", {}, Icon::kRedo, !page.can_redo},
        Option{"theme", dark ? "Light theme" : "Dark theme", {}, dark ? Icon::kSun : Icon::kMoon},
        Option{"open_file", "Open a file", {}, Icon::kOpen},
        Option{"open_export", "Export", {}, Icon::kExport},
        Option{"open_settings", "Settings", {}, Icon::kSettings}};
    const auto chosen =
        menu(frame.ui, kMoreMenu, rows, {button.right() - 200, button.bottom()}, 200);
    if (!chosen) {
        return;
    }
    const std::string_view id = rows[static_cast<std::size_t>(*chosen)].id;
    if (id == "theme") {
        toggle_theme(frame);
    } else {
        push(frame, rows[static_cast<std::size_t>(*chosen)].id);
    }
}

Rect draw_phone_bar(const RoomFrame& frame, const RoomEntry& room, Rect bar) {
    phone_bar(
        frame.ui, bar, room.item.label, room.view->headline(frame.state, *frame.ui.theme).subject);
    Rect row = bar.inset(space::k8, (bar.h - space::kTouchTarget) / 2);
    const Rect more = row.take_right(space::kTouchTarget);
    if (icon_button(frame.ui, {.id = "app.more", .label = "More", .icon = Icon::kMore}, more)) {
        open_menu(kMoreMenu);
    }
    draw_more_menu(frame, more);
    const Rect share = row.take_right(space::kTouchTarget);
    if (icon_button(frame.ui, {.id = "app.share", .label = "Share", .icon = Icon::kShare}, share)) {
        push(frame, "open_share");
    }
    return share;
}

}  // namespace

void toggle_theme(const RoomFrame& frame) {
    frame.commands.push(
        models::commands::set_preference("theme", is_dark(frame) ? "light" : "dark"));
}

ChromeLayout draw_chrome(const RoomFrame& frame,
                         const RoomTable& rooms,
                         const Works& works,
                         Rect page) {
    const models::HiddenParts& hidden = frame.state.view.hidden;
    const bool navigates = !frame.state.page.embedded && !hidden.has("navigation");
    const bool phone = page.w < breakpoint::kPhone;
    const bool wide = page.w >= breakpoint::kWide;
    const RoomEntry& room = rooms.at(frame.state.room);
    const Navigation navigation = navigation_of(rooms, frame.state.room);
    ChromeLayout layout;
    if (navigates && phone) {
        const Rect tabs = page.take_bottom(space::kPhoneTabs);
        open_chosen(
            frame, rooms, bottom_tabs(frame.ui, navigation.items, navigation.current, tabs));
    } else if (navigates) {
        const Rect rail = page.take_left(wide ? space::kRail : kRailMedium);
        open_chosen(frame,
                    rooms,
                    nav_rail(frame.ui, navigation.items, kFoot, navigation.current, rail, wide));
        layout.settings = {rail.x, rail.bottom() - space::kRail, rail.w, space::kRail};
    }
    if (!hidden.has("bar")) {
        const Rect bar = page.take_top(phone ? space::kPhoneBar : space::kTopBar);
        if (phone) {
            layout.share = layout.export_button = draw_phone_bar(frame, room, bar);
        } else {
            draw_top_bar(frame, room, works, bar, wide, layout);
        }
    }
    if (layout.settings.empty()) {
        layout.settings = layout.share;
    }
    layout.stage = page;
    return layout;
}

}  // namespace convoscope::app
