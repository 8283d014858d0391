#include "web/app/settings_popover.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>

#include "web/widgets/button.h"
#include "web/widgets/popover.h"
#include "web/widgets/segmented.h"
#include "web/widgets/toggle.h"

namespace convoscope::app {

using namespace widgets;

namespace {

constexpr float kRow = 44;
constexpr float kLabel = 84;
constexpr int kTextStep = 10;  // per cent

void label(Ui& ui, const char* text, Rect& row) {
    const Rect where = row.take_left(kLabel);
    ui.canvas().text({where.x, where.center_y()}, text, FontStyle::kBody, ui.theme->t2);
}

/// One preference of three values; the first follows the system.
void choice_row(const rooms::RoomFrame& frame,
                const char* text,
                const char* preference,
                std::span<const Segment> segments,
                int selected,
                Rect row) {
    label(frame.ui, text, row);
    const std::string id = std::string("settings.") + preference;
    const Rect place{row.x, row.center_y() - space::kSegmented / 2, row.w, space::kSegmented};
    if (const auto chosen = segmented(frame.ui, id.c_str(), segments, selected, place)) {
        frame.commands.push(models::commands::set_preference(
            preference, segments[static_cast<std::size_t>(*chosen)].id));
    }
}

void text_size_row(const rooms::RoomFrame& frame, Rect row) {
    using models::Preferences;
    label(frame.ui, "Text size", row);
    const double scale = frame.state.page.preferences.text_scale;
    const int percent = static_cast<int>(std::lround(100 * scale));
    const auto set = [&](int value) {
        const double share = std::clamp(
            value / 100.0, Preferences::kLeastTextScale, Preferences::kGreatestTextScale);
        frame.commands.push(models::commands::set_preference("text_scale", std::to_string(share)));
    };
    row = {row.x, row.center_y() - space::kButton / 2, row.w, space::kButton};
    if (button(frame.ui,
               {.id = "settings.smaller",
                .label = "−",
                .disabled = scale <= Preferences::kLeastTextScale},
               row.take_left(space::k48))) {
        set(percent - kTextStep);
    }
    if (button(frame.ui,
               {.id = "settings.larger",
                .label = "+",
                .disabled = scale >= Preferences::kGreatestTextScale},
               row.take_right(space::k48))) {
        set(percent + kTextStep);
    }
    const std::string text = std::to_string(percent) + " %";
    frame.ui.canvas().text(row.center(), text, FontStyle::kM13, frame.ui.theme->t1, Align::kCenter);
    register_passive(
        frame.ui,
        {.id = "settings.text_size", .label = "Text size", .role = Role::kStatus, .value = text},
        row);
}

/// Where preferences are kept, and whether the page itself is.
void draw_notes(const rooms::RoomFrame& frame, std::optional<bool> offline, Rect area) {
    Canvas canvas = frame.ui.canvas();
    const Theme& theme = *frame.ui.theme;
    canvas.text({area.x, area.y + space::k12},
                "Kept in this browser, never in a link.",
                FontStyle::kSmall,
                theme.t3);
    if (offline) {
        const char* text = *offline ? "The page opens without a network too."
                                    : "Without a network the page will not open.";
        const Rect row{area.x, area.y + space::k24, area.w, space::k20};
        canvas.text({row.x, row.center_y()}, text, FontStyle::kSmall, theme.t3);
        register_passive(frame.ui,
                         {.id = "settings.offline",
                          .label = "Without a network",
                          .role = Role::kStatus,
                          .value = text},
                         row);
    }
}

void palette_row(const rooms::RoomFrame& frame, Rect row) {
    const bool safe = frame.state.page.preferences.palette == models::Palette::colour_blind_safe;
    if (toggle(frame.ui,
               {.id = "settings.palette", .label = "Colours for colour-blind eyes", .on = safe},
               row)) {
        frame.commands.push(models::commands::set_preference(
            "palette",
            models::name_of(safe ? models::Palette::standard
                                 : models::Palette::colour_blind_safe)));
    }
}

}  // namespace

void draw_settings_popover(const rooms::RoomFrame& frame,
                           Rect anchor,
                           std::optional<bool> offline) {
    const PopoverSpec spec{.id = kSettingsPopover,
                           .title = "Settings",
                           .anchor = anchor,
                           .width = 360,
                           .height = 6 * kRow + space::k24 + (offline ? space::k20 : 0.0F)};
    const PopoverArea popover = begin_popover(frame.ui, spec);
    if (!popover) {
        return;
    }
    const models::Preferences& preferences = frame.state.page.preferences;
    Rect area = popover.content;
    const std::array themes{
        Segment{"system", "System"}, Segment{"dark", "Dark"}, Segment{"light", "Light"}};
    const std::array motions{
        Segment{"system", "System"}, Segment{"full", "Full"}, Segment{"reduced", "Reduced"}};
    const std::array contrasts{
        Segment{"system", "System"}, Segment{"normal", "Normal"}, Segment{"high", "High"}};
    choice_row(
        frame, "Theme", "theme", themes, static_cast<int>(preferences.theme), area.take_top(kRow));
    text_size_row(frame, area.take_top(kRow));
    choice_row(frame,
               "Contrast",
               "contrast",
               contrasts,
               static_cast<int>(preferences.contrast),
               area.take_top(kRow));
    choice_row(frame,
               "Motion",
               "motion",
               motions,
               static_cast<int>(preferences.motion),
               area.take_top(kRow));
    palette_row(frame, area.take_top(kRow));
    if (button(frame.ui,
               {.id = "settings.welcome", .label = "What is this page?"},
               area.take_top(kRow).inset(0, (kRow - space::kButton) / 2))) {
        frame.commands.push(models::commands::plain("open_welcome"));
        close_popover();
    }
    draw_notes(frame, offline, area);
    end_popover(spec);
}

}  // namespace convoscope::app
